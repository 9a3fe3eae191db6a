using System.Globalization;
using Formwork.Text;

namespace Formwork.Pipeline;

/// <summary>Turns sentences into sources, and cuts those that are too long into parts that fit.</summary>
/// <param name="tokenizer">The tokeniser.</param>
/// <param name="prefix">What is put before every source.</param>
/// <param name="sourceLength">The most ids of a source.</param>
internal sealed class SourceCutter(ITokenizer tokenizer, string prefix, int sourceLength)
{
    /// <summary>Characters that the first try gives each id of a source: in most languages a text of so many just does not fit.</summary>
    private const int CharactersPerId = 4;

    /// <summary>Cuts a sentence. Together the parts are the sentence.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">The place where the sentence begins.</param>
    /// <param name="end">The place behind it.</param>
    /// <returns>One part where the sentence fits; parts and the white space between them where it does not.</returns>
    /// <exception cref="PipelineException">Not even one character fits.</exception>
    public List<SourcePart> Cut(string text, int start, int end)
    {
        var parts = new List<SourcePart>();
        while (start < end)
        {
            (int fits, int[] source) = LongestFit(text, start, end);
            if (fits < end)
            {
                (fits, source) = ShortenToBreak(text, start, fits, source);
            }

            bool isSource = source.Length > 0 && SentenceSplitter.HasWord(text.AsSpan(start, fits - start));
            parts.Add(new(start, fits, isSource ? source : null));
            start = KeepSpace(text, fits, end, parts);
        }

        return parts;
    }

    private static int KeepSpace(string text, int start, int end, List<SourcePart> parts)
    {
        int next = end - text.AsSpan(start, end - start).TrimStart().Length;
        if (next > start)
        {
            parts.Add(new(start, next, null));
        }

        return next;
    }

    /// <summary>Finds about as much text as fits, in a number of tries that grows with the logarithm of its length and not with that of the sentence.</summary>
    private (int End, int[] Source) LongestFit(string text, int start, int end)
    {
        (int low, int[] source) = (start, []);
        int high = start;
        for (long length = (long)CharactersPerId * sourceLength; ; length *= 2)
        {
            high = OnRune(text, (int)Math.Min(end, start + length));
            int[] tried = Encode(text, start, high);
            if (tried.Length > sourceLength)
            {
                break;
            }

            (low, source) = (high, tried);
            if (high == end)
            {
                return (end, source);
            }
        }

        for (int middle = Middle(text, low, high); middle < high; middle = Middle(text, low, high))
        {
            int[] tried = Encode(text, start, middle);
            if (tried.Length > sourceLength)
            {
                high = middle;
            }
            else
            {
                (low, source) = (middle, tried);
            }
        }

        return low > start ? (low, source) : throw NoRoom(text, start, high);
    }

    private PipelineException NoRoom(string text, int start, int end)
    {
        (string behind, string shorten) = prefix.Length == 0 ? ("", "") : ($" behind the prefix '{prefix}'", ", or shorten the prefix");
        return new(
            PipelineError.NoRoom,
            $"SourceLength = {sourceLength} has no room for one character: '{text[start..end]}'{behind} takes {Encode(text, start, end).Length} ids with the tokeniser's marks. Raise SourceLength in the [Transformer] attribute{shorten}.");
    }

    private (int End, int[] Source) ShortenToBreak(string text, int start, int fits, int[] source)
    {
        // A shorter text takes more ids only where a word is cut that was one piece, so this seldom turns twice.
        for (int limit = fits; limit > start + 1; limit--)
        {
            limit = Break(text, start, limit);
            int[] shortened = Encode(text, start, limit);
            if (shortened.Length <= sourceLength)
            {
                return (limit, shortened);
            }
        }

        return (fits, source);
    }

    /// <summary>The best place to cut: behind the last clause in the last third, else before the last white space, else between two characters as readers see them.</summary>
    private static int Break(string text, int start, int limit)
    {
        for (int place = limit; place > start + ((limit - start) * 2 / 3); place--)
        {
            if (text[place - 1] is '，' or '、' or '；' or '：' || (text[place - 1] is ',' or ';' or ':' && place < text.Length && SentenceMarks.IsBreakingSpace(text[place])))
            {
                return place;
            }
        }

        for (int place = limit; place > start; place--)
        {
            if (SentenceMarks.IsBreakingSpace(text[place]))
            {
                return place;
            }
        }

        return LastElement(text, start, limit);
    }

    private static int LastElement(string text, int start, int limit)
    {
        // What follows the limit tells whether an element ends there; no more of it is looked at.
        const int LookAhead = 2;
        ReadOnlySpan<char> rest = text.AsSpan(start, Math.Min(text.Length, limit + LookAhead) - start);
        int place = start;
        while (true)
        {
            int length = StringInfo.GetNextTextElementLength(rest);
            if (length == 0 || place + length > limit)
            {
                return place > start ? place : OnRune(text, limit);
            }

            place += length;
            rest = rest[length..];
        }
    }

    /// <summary>A place between two others, but for the second where there is none.</summary>
    private static int Middle(string text, int low, int high)
    {
        int middle = OnRune(text, low + ((high - low) / 2));
        return middle > low ? middle : low + (char.IsSurrogatePair(text, low) ? 2 : 1);
    }

    /// <summary>The place itself, or the one before it where it lies inside a surrogate pair.</summary>
    private static int OnRune(string text, int place) =>
        place > 0 && place < text.Length && char.IsSurrogatePair(text[place - 1], text[place]) ? place - 1 : place;

    private int[] Encode(string text, int start, int end)
    {
        ReadOnlySpan<char> part = text.AsSpan(start, end - start);
        return tokenizer.Encode(prefix.Length == 0 ? part : string.Concat(prefix, part));
    }
}
