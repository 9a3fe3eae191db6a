using System.Buffers;
using System.Text;

namespace Formwork.Pipeline;

/// <summary>The marks that end sentences, what closes behind them, and whether a sentence ends at one.</summary>
internal static class SentenceMarks
{
    /// <summary>Marks of Chinese and Japanese, which no white space follows.</summary>
    private const string Unspaced = "。！？｡．";

    /// <summary>The others: Latin, doubled, Arabic, Urdu, Devanagari, Armenian, Ethiopic, Khmer, Burmese.</summary>
    private const string Spaced = ".!?…‼⁇⁈⁉؟۔।॥։።។၊။";

    private const string Closing = "\"'”’»›)]}」』）】》〉］｝";

    /// <summary>Quotes that close in some languages and open in others: they count as closing where white space follows.</summary>
    private const string Either = "“‘«";

    private const string Opening = "\"'“‘„‚«‹»([{¿¡「『（【《〈";

    private static readonly SearchValues<char> WithoutSpace = SearchValues.Create(Unspaced);
    private static readonly SearchValues<char> All = SearchValues.Create(Unspaced + Spaced);

    /// <summary>Whether a sentence may end at a character.</summary>
    public static bool Ends(char mark) => All.Contains(mark);

    /// <summary>The place behind the marks that begin at a place, and behind what closes with them.</summary>
    /// <param name="line">The line.</param>
    /// <param name="mark">The place of the first mark.</param>
    public static int Behind(ReadOnlySpan<char> line, int mark)
    {
        int behind = mark + 1;
        while (behind < line.Length && (Ends(line[behind]) || Closing.Contains(line[behind])))
        {
            behind++;
        }

        return behind + Spacious(line[behind..]);
    }

    /// <summary>Whether marks in the middle of a line end a sentence.</summary>
    /// <param name="line">The line's text, and maybe text of other lines before it.</param>
    /// <param name="start">The place where the line begins.</param>
    /// <param name="mark">The place of the first mark.</param>
    /// <param name="behind">The place behind the last, before the line's end.</param>
    public static bool EndSentence(ReadOnlySpan<char> line, int start, int mark, int behind)
    {
        if (line[mark..behind].ContainsAny(WithoutSpace))
        {
            return !GoesOnUnspaced(line, behind);
        }

        if (!IsBreakingSpace(line[behind]))
        {
            return false;
        }

        ReadOnlySpan<char> next = line[behind..].TrimStart().TrimStart(Opening);
        _ = Rune.DecodeFromUtf16(next, out Rune first, out _);
        if (Rune.IsLower(first))
        {
            return false;
        }

        bool isFullStop = line[mark] == '.' && !line[(mark + 1)..behind].ContainsAny(All);
        return !isFullStop || !Abbreviations.EndsWithOne(line[start..mark], Rune.IsDigit(first));
    }

    /// <summary>Whether a line may be broken at a character: a no-break space holds together what stands around it.</summary>
    public static bool IsBreakingSpace(char character) => char.IsWhiteSpace(character) && character is not ('\u00A0' or '\u202F' or '\u2007');

    /// <summary>The length of a closing quote that only what stands around it tells from an opening one: before white space, or French, apart from its sentence.</summary>
    private static int Spacious(ReadOnlySpan<char> rest)
    {
        bool closes = !rest.IsEmpty && Either.Contains(rest[0]) && (rest.Length == 1 || char.IsWhiteSpace(rest[1]));
        bool closesApart = rest.Length > 1 && char.IsWhiteSpace(rest[0]) && rest[1] == '»' && (rest.Length == 2 || !char.IsLetterOrDigit(rest[2]));
        return closes ? 1 : closesApart ? 2 : 0;
    }

    private static bool GoesOnUnspaced(ReadOnlySpan<char> line, int behind)
    {
        ReadOnlySpan<char> next = line[behind..];
        return Closing.Contains(line[behind - 1])
            ? next[0] == 'と' || next.StartsWith("って", StringComparison.Ordinal)
            : line[behind - 1] == '．' && char.IsDigit(next[0]);
    }
}
