namespace Translate.Sentences;

/// <summary>Finds where sentences end: at a full stop, question mark, exclamation mark or ellipsis that white space follows.</summary>
/// <remarks>
/// An abbreviation such as "Mr. Smith" is cut too. Only texts that do not fit the model are cut at all, and half a sentence more or
/// less matters little there.
/// </remarks>
internal static class SentenceEnds
{
    private const string Marks = ".!?…。！？";
    private const string Closers = "\"'”’»)]";

    /// <summary>Cuts a text after each sentence; the parts together are the text.</summary>
    public static IEnumerable<string> Split(string text)
    {
        int start = 0;
        bool hasWord = false;
        for (int i = 0; i < text.Length; i++)
        {
            if (!Marks.Contains(text[i]))
            {
                hasWord |= char.IsLetterOrDigit(text[i]);
                continue;
            }

            int end = i + 1;
            while (end < text.Length && (Marks.Contains(text[end]) || Closers.Contains(text[end])))
            {
                end++;
            }

            // A line of dots is not a sentence for each of them.
            if (hasWord && end < text.Length && char.IsWhiteSpace(text[end]))
            {
                yield return text[start..end];
                start = end;
                hasWord = false;
            }

            i = end - 1;
        }

        if (start < text.Length)
        {
            yield return text[start..];
        }
    }
}
