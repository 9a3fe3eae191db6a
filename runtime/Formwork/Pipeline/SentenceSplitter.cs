using System.Buffers;
using System.Text;

namespace Formwork.Pipeline;

/// <summary>Cuts a text into sentences, by a rule that knows no language: line ends, marks, white space, and a small table of abbreviations.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>A line end always separates: <c>\n</c>, <c>\r\n</c>, <c>\r</c>, U+0085, U+2028, U+2029, form feed and vertical tab.</item>
/// <item>Within a line a sentence ends after <c>. ! ? …</c> and marks like them in other scripts, with the quotes and brackets that close behind
/// them, where white space follows. The marks of Chinese and Japanese, <c>。！？｡．</c>, need none.</item>
/// <item>It does not end before a no-break space or a lower-case letter, quotes and brackets before it passed over; nor after a full stop
/// that belongs to an abbreviation of the table, to single letters (<c>J. K. Rowling</c>, <c>e.g.</c>, <c>U.S.</c>) or to a number from 1 to 31, which is mostly an
/// ordinal (<c>am 3. Mai</c>) or counts a list; nor where <c>と</c> or <c>って</c> goes on after a quotation.</item>
/// <item>A stretch without any letter or digit, such as a line of dashes or emoji alone, is no sentence.</item>
/// </list>
/// White space around sentences belongs to none. Where the rule is in doubt it rather joins two sentences than cuts one.
/// </remarks>
public static class SentenceSplitter
{
    private static readonly SearchValues<char> LineEnds = SearchValues.Create("\n\r\u0085\u2028\u2029\f\v");

    /// <summary>Cuts a text into sentences and what stands between them; together the segments are the text, in order and without a gap.</summary>
    /// <param name="text">The text.</param>
    public static IReadOnlyList<TextSegment> Split(ReadOnlySpan<char> text)
    {
        var segments = new List<TextSegment>();
        for (int start = 0; start < text.Length;)
        {
            int length = text[start..].IndexOfAny(LineEnds);
            int end = length < 0 ? text.Length : start + length;
            SplitLine(text[..end], start, segments);
            start = end + 1;
        }

        KeepUpTo(text.Length, segments);
        return segments;
    }

    /// <summary>Whether a stretch of text holds a letter or a digit.</summary>
    /// <param name="text">The stretch.</param>
    internal static bool HasWord(ReadOnlySpan<char> text)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Adds the sentences of the line that begins at <paramref name="start"/> and ends where the text does.</summary>
    private static void SplitLine(ReadOnlySpan<char> text, int start, List<TextSegment> segments)
    {
        ReadOnlySpan<char> line = text[..(start + text[start..].TrimEnd().Length)];
        int sentence = AfterSpace(line, start);
        int seen = sentence;
        bool hasWord = false;
        for (int place = sentence; place < line.Length;)
        {
            if (!SentenceMarks.Ends(line[place]))
            {
                place++;
                continue;
            }

            int behind = SentenceMarks.Behind(line, place);
            hasWord = hasWord || HasWord(line[seen..place]);
            seen = behind;
            if (hasWord && behind < line.Length && SentenceMarks.EndSentence(line, start, place, behind))
            {
                Add(sentence, behind, segments);
                sentence = AfterSpace(line, behind);
                (seen, hasWord) = (sentence, false);
                behind = sentence;
            }

            place = behind;
        }

        if (hasWord || HasWord(line[Math.Min(seen, line.Length)..]))
        {
            Add(sentence, line.Length, segments);
        }
    }

    private static int AfterSpace(ReadOnlySpan<char> line, int start)
    {
        while (start < line.Length && char.IsWhiteSpace(line[start]))
        {
            start++;
        }

        return start;
    }

    private static void Add(int start, int end, List<TextSegment> segments)
    {
        KeepUpTo(start, segments);
        segments.Add(new(start, end - start, IsSentence: true));
    }

    private static void KeepUpTo(int end, List<TextSegment> segments)
    {
        int start = segments.Count == 0 ? 0 : segments[^1].End;
        if (start < end)
        {
            segments.Add(new(start, end - start, IsSentence: false));
        }
    }
}
