namespace Formwork.Text.Pretrained;

/// <summary>White space as Python's <c>str.strip</c> takes it: that of .NET, and the four separators U+001C to U+001F.</summary>
internal static class Blanks
{
    public static bool IsBlank(char character) => char.IsWhiteSpace(character) || character is >= '\u001c' and <= '\u001f';

    public static ReadOnlySpan<char> TrimStart(ReadOnlySpan<char> text)
    {
        int start = 0;
        while (start < text.Length && IsBlank(text[start]))
        {
            start++;
        }
        return text[start..];
    }

    public static ReadOnlySpan<char> TrimEnd(ReadOnlySpan<char> text)
    {
        int end = text.Length;
        while (end > 0 && IsBlank(text[end - 1]))
        {
            end--;
        }
        return text[..end];
    }
}
