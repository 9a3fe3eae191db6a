using System.Collections.Frozen;
using System.Globalization;

namespace Formwork.Pipeline;

/// <summary>Full stops that end no sentence because they end a shortened word.</summary>
internal static class Abbreviations
{
    private const int LastDay = 31;

    /// <summary>Words that are shortened wherever they stand, titles above all, in English, French, German, Spanish, Portuguese, Italian and Dutch.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Always = Table(
        """
        Mr Mrs Ms Messrs Dr Drs Prof Rev Hon Gen Col Maj Capt Cmdr Lt Sgt Cpl Gov Sen Rep Pres Supt St Ste Mt Ph.D
        etc vs cf al approx viz resp ca
        MM Mme Mmes Mlle Mlles Mgr
        Hr Fr Frl Dipl Ing bzw usw vgl evtl ggf inkl sog bspw
        Sr Sra Srta Sres Dra Dña Ud Uds Sta
        Sig Sig.ra Dott Dott.ssa Avv
        dhr mevr bijv
        """);

    /// <summary>Words that are shortened before a number; elsewhere they are words of their own, or end a sentence.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> BeforeNumbers = Table(
        """
        No Nos no nos Nr nr num p pp pg vol Vol art Art Arts fig Fig Figs eq Eq ch Ch chap Chap sec Sec Abs Kap Bd Abb Tab op Op
        Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec
        """);

    /// <summary>Whether the word that a full stop follows is one that is shortened, an initial, or an ordinal.</summary>
    /// <param name="before">The line up to the full stop.</param>
    /// <param name="isBeforeNumber">Whether a digit comes next.</param>
    public static bool EndsWithOne(ReadOnlySpan<char> before, bool isBeforeNumber)
    {
        int start = before.Length;
        while (start > 0 && (char.IsLetter(before[start - 1]) || before[start - 1] == '.'))
        {
            start--;
        }

        ReadOnlySpan<char> word = before[start..];
        return word.IsEmpty
            ? EndsWithOrdinal(before)
            : IsInitial(word) || IsLettersAndStops(word) || Always.Contains(word) || (isBeforeNumber && BeforeNumbers.Contains(word));
    }

    private static bool IsInitial(ReadOnlySpan<char> word) => word.Length == 1 && char.IsUpper(word[0]);

    /// <summary>Whether a word is single letters between full stops: <c>e.g</c>, <c>U.S</c>.</summary>
    private static bool IsLettersAndStops(ReadOnlySpan<char> word)
    {
        bool isMixed = word.Length % 2 == 1 && word.Length > 1;
        for (int place = 0; place < word.Length; place++)
        {
            isMixed &= word[place] == '.' == (place % 2 == 1);
        }

        return isMixed;
    }

    private static bool EndsWithOrdinal(ReadOnlySpan<char> before)
    {
        int start = before.Length;
        while (start > 0 && char.IsAsciiDigit(before[start - 1]))
        {
            start--;
        }

        bool standsAlone = start == 0 || char.IsWhiteSpace(before[start - 1]);
        return standsAlone && int.TryParse(before[start..], NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is > 0 and <= LastDay;
    }

    private static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Table(string words) =>
        words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
}
