using System.Text.Json;

namespace Formwork.Benchmarks.Trained;

/// <summary>The words of the grapheme-to-phoneme model's lexicon sample, and what a double-precision implementation makes of them.</summary>
/// <param name="Sources">Each word's letters as ids.</param>
/// <param name="Expected">The ids that the implementation chose.</param>
internal sealed record RecordedWords(int[][] Sources, int[][] Expected)
{
    // The alphabet has no letter for what it does not know.
    private const int UnknownLetter = 3;

    /// <summary>Reads words and results.</summary>
    /// <param name="folder">The model's folder, with its lexicon and its alphabet.</param>
    /// <param name="goldens">The recorded results.</param>
    public static RecordedWords Read(string folder, string goldens)
    {
        using JsonDocument lexicon = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "lexicon-sample.json")));
        using JsonDocument config = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "config.json")));
        using JsonDocument results = JsonDocument.Parse(File.ReadAllBytes(goldens));
        string letters = config.RootElement.GetProperty("grapheme_chars").GetString()!;
        return new(
            [.. lexicon.RootElement.EnumerateObject().Select(entry => Source(entry.Name, letters))],
            [.. results.RootElement.GetProperty("words").EnumerateArray().Select(static word => Ids(word.GetProperty("ids")))]);
    }

    private static int[] Source(string word, string letters) =>
    [
        GraphemeToPhonemeModels.Model.StartToken,
        .. word.Select(letter => letters.IndexOf(letter, StringComparison.Ordinal) is var id and >= 0 ? id : UnknownLetter),
        GraphemeToPhonemeModels.Model.EndToken,
    ];

    private static int[] Ids(JsonElement array) => [.. array.EnumerateArray().Select(static id => id.GetInt32())];
}
