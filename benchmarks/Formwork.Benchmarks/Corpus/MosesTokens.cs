using System.Text.RegularExpressions;

namespace Formwork.Benchmarks.Corpus;

/// <summary>
/// The rules of Moses' <c>tokenizer.perl -l fr</c> that matter to captions, on lower-cased text: punctuation stands alone, <c>l' homme</c> is
/// two tokens, hyphenated words stay whole. The same as <c>moses</c> in <c>training/bleu.py</c>.
/// </summary>
internal static partial class MosesTokens
{
    private static readonly HashSet<string> Abbreviations =
        [.. "A B C D E F G H I J K L M N O P Q R S T U V W X Y Z # al dr etc ex exp M MM Mme Mlle Mr Mrs no p pp st ste vol".Split(' ')];

    /// <summary>Cuts a sentence into tokens.</summary>
    public static string[] Of(string text)
    {
        string apart = $" {Spaces().Replace(text, " ").Trim()} ";
        apart = Symbols().Replace(apart, " $0 ");
        apart = Ellipses().Replace(apart, " $0 ");
        apart = CommasOutsideNumbers().Replace(apart, " , ");
        apart = Apostrophes().Replace(apart, static match => match.Groups["elision"].Success ? "' " : " ' ");
        string[] words = apart.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        List<string> tokens = new(words.Length);
        for (int index = 0; index < words.Length; index++)
        {
            string word = words[index];
            if (HasFinalStop(word) && !KeepsFinalStop(word[..^1], index + 1 < words.Length ? words[index + 1] : null))
            {
                tokens.Add(word[..^1]);
                tokens.Add(".");
            }
            else
            {
                tokens.Add(word);
            }
        }

        return [.. tokens.Select(static token => token.ToLowerInvariant())];
    }

    private static bool HasFinalStop(string word) => word.EndsWith('.') && word.AsSpan().TrimEnd('.').Length > 0;

    // Initials and abbreviations keep theirs, and so does a word in the middle of a sentence.
    private static bool KeepsFinalStop(string stem, string? next) =>
        (stem.Contains('.', StringComparison.Ordinal) && stem.Any(char.IsLetter))
        || Abbreviations.Contains(stem)
        || (next is not null && char.IsLower(next[0]));

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    // A character beyond the first 65,536 is two chars, which belong together.
    [GeneratedRegex(@"[\uD800-\uDBFF][\uDC00-\uDFFF]|[^\p{L}\p{N}\s.'`,\-]")]
    private static partial Regex Symbols();

    [GeneratedRegex(@"\.{2,}")]
    private static partial Regex Ellipses();

    [GeneratedRegex(@"(?<!\d),|,(?!\d)")]
    private static partial Regex CommasOutsideNumbers();

    // Between letters the first word keeps it.
    [GeneratedRegex(@"(?<elision>(?<=\p{L})'(?=\p{L}))|'")]
    private static partial Regex Apostrophes();
}
