using System.Collections.Concurrent;
using System.Text.Json;
using Formwork.Text;

namespace Formwork.Tests.Text.Pretrained;

/// <summary>The directories in <c>Directories/</c>, loaded once; <c>training/text/make_pretrained.py</c> says how each was made.</summary>
internal static class PretrainedDirectories
{
    private static readonly ConcurrentDictionary<string, Tokenizer> Loaded = new();

    public static string[] AllNames { get; } =
        ["marian", "marian-separate", "t5", "t5-new", "mt5", "pegasus", "mbart", "mbart50", "m2m100", "nllb", "nllb-legacy", "bart", "bart-prefix", "byt5"];

    public static TheoryData<string> Names => [.. AllNames];

    /// <summary>A directory, and the languages that the program names: <c>nllb/zul_Latn/fra_Latn</c>, <c>t5/-/-</c>.</summary>
    public static TheoryData<string> Cases =>
    [
        .. AllNames.Select(name => $"{name}/-/-"),
        "marian/eng/zh-CN", "marian-separate/eng/fra", "mbart/fr_XX/ro_RO", "mbart50/br_FR/sl_SI", "m2m100/zu/fr", "nllb/zul_Latn/fra_Latn",
        "nllb-legacy/zho_Hans/deu_Latn",
    ];

    public static string Folder { get; } = Path.Combine(TextFiles.Folder, "Pretrained", "Directories");

    public static Tokenizer Get(string name) => Loaded.GetOrAdd(name, key => Tokenizer.FromPretrained(Path.Combine(Folder, key)));

    public static Tokenizer Case(string name)
    {
        string[] parts = name.Split('/');
        Tokenizer tokenizer = Get(parts[0]);
        return parts[1] == "-" ? tokenizer : tokenizer.WithLanguages(parts[1], parts[2]);
    }

    public static JsonDocument Golden(string name) =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(TextFiles.Folder, "Pretrained", "Goldens", name + ".json")));
}
