namespace Translate.Streams;

/// <summary>Makes a message one line that moves no cursor: a path or a tensor's name in it may hold anything.</summary>
internal static class OneLine
{
    public static string Of(string message) =>
        string.Create(message.Length, message, static (line, source) =>
        {
            for (int i = 0; i < line.Length; i++)
            {
                line[i] = char.IsControl(source[i]) ? ' ' : source[i];
            }
        });
}
