using System.Globalization;
using Formwork.Generator.Diagnostics;
using Formwork.Generator.Model;
using Formwork.Generator.Parsing.Config;
using Formwork.Generator.Parsing.Json;

namespace Formwork.Generator.Parsing.Languages;

/// <summary>
/// The ids of languages of which only the order is known, by the rules of Hugging Face's tokenisers (<c>transformers</c>, <c>tokenization_*.py</c>): each
/// puts them side by side behind its pieces.
/// </summary>
internal static class LanguageOrder
{
    /// <summary>The list of tokens.</summary>
    public const string Field = "additional_special_tokens";

    /// <summary>Words without meaning that end M2M100's vocabulary, unless <c>tokenizer_config.json</c> says otherwise.</summary>
    private const int MadeUpWords = 8;

    /// <summary>The published NLLB-200: 256,000 pieces, and an embedding of 256,206 rows, which is no function of the tokeniser's size.</summary>
    private const int NllbRows = 256206;
    private const int NllbFirst = 256001;
    private const int NllbCount = 202;

    /// <summary>The tokens of <see cref="Field"/> in order; null where it holds something else, which is reported.</summary>
    /// <param name="document">A file that has the field.</param>
    /// <param name="diagnostics">Receives FW0107.</param>
    public static IReadOnlyList<string>? Tokens(ConfigDocument document, List<DiagnosticInfo> diagnostics)
    {
        JsonValue list = document.Find(Field)!;
        JsonValue? wrong = list.Kind == JsonKind.Array ? list.Items.FirstOrDefault(static item => Text(item) is null) : list;
        string[] tokens = wrong is null ? [.. list.Items.Select(static item => Text(item)!)] : [];
        if (wrong is null && tokens.Distinct(StringComparer.Ordinal).Count() == tokens.Length)
        {
            return tokens;
        }

        diagnostics.Add(document.Refusal(wrong ?? list, $"{Field} = {JsonText.Short(wrong ?? list)}", "a list of tokens was expected, none of them twice"));
        return null;
    }

    /// <summary>The first id, and the rule by which it was found; null where the class has none that the files determine.</summary>
    /// <param name="tokens">The tokens in order.</param>
    /// <param name="spec">The model.</param>
    /// <param name="tokenizer">The <c>tokenizer_config.json</c>, or null.</param>
    public static (int First, string Rule)? Of(IReadOnlyList<string> tokens, TransformerSpec spec, ConfigDocument? tokenizer)
    {
        int rows = spec.TargetVocabSize;
        if (spec.Family == "MBart")
        {
            return Behind(rows, tokens.Count, last: 1, "MBartTokenizer puts them behind its pieces and before the mask, its last id");
        }

        if (tokens.All(static token => token.StartsWith("__", StringComparison.Ordinal)))
        {
            int madeUp = tokenizer?.Find("num_madeup_words") is { Kind: JsonKind.Number } value && int.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : MadeUpWords;
            return Behind(rows, tokens.Count, madeUp, $"M2M100Tokenizer puts them behind its pieces and before {madeUp.ToString(CultureInfo.InvariantCulture)} made-up words, its last ids");
        }

        return tokens.Count == NllbCount && rows == NllbRows
            ? (NllbFirst, "NllbTokenizer puts them behind the 256,000 pieces of NLLB-200's vocabulary, which all its models share")
            : null;
    }

    private static (int First, string Rule)? Behind(int rows, int count, int last, string rule) => (long)rows - count - last is > 0 and var first ? ((int)first, rule) : null;

    /// <summary>A token, or an object with its content.</summary>
    private static string? Text(JsonValue item) => item.Kind switch
    {
        JsonKind.String => item.Text,
        JsonKind.Object when item.Members.FirstOrDefault(static member => member.Name == "content")?.Value is { Kind: JsonKind.String } content => content.Text,
        _ => null,
    };
}
