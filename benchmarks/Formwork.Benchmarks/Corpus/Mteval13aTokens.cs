using System.Text.RegularExpressions;

namespace Formwork.Benchmarks.Corpus;

/// <summary>The tokens of <c>mteval-v13a</c>, sacrebleu's default, on lower-cased text. The same as <c>mteval13a</c> in <c>training/bleu.py</c>.</summary>
internal static partial class Mteval13aTokens
{
    /// <summary>Cuts a sentence into tokens.</summary>
    public static string[] Of(string text)
    {
        string plain = text.ToLowerInvariant()
            .Replace("<skipped>", "", StringComparison.Ordinal)
            .Replace("&quot;", "\"", StringComparison.Ordinal)
            .Replace("&amp;", "&", StringComparison.Ordinal)
            .Replace("&lt;", "<", StringComparison.Ordinal)
            .Replace("&gt;", ">", StringComparison.Ordinal);
        string apart = Symbols().Replace($" {plain} ", " $0 ");
        apart = StopsAfterOthers().Replace(apart, "$1 $2 ");
        apart = StopsBeforeOthers().Replace(apart, " $1 $2");
        apart = HyphensAfterDigits().Replace(apart, "$1 $2 ");
        return apart.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
    }

    [GeneratedRegex("[{-~\\[-` -&(-+:-@/]")]
    private static partial Regex Symbols();

    [GeneratedRegex("([^0-9])([.,])")]
    private static partial Regex StopsAfterOthers();

    [GeneratedRegex("([.,])([^0-9])")]
    private static partial Regex StopsBeforeOthers();

    [GeneratedRegex("([0-9])(-)")]
    private static partial Regex HyphensAfterDigits();
}
