namespace NativeAot;

/// <summary>The lines of a stream of UTF-8.</summary>
internal static class Lines
{
    public static IEnumerable<string> Of(Stream input)
    {
        using var reader = new StreamReader(input);
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }
}
