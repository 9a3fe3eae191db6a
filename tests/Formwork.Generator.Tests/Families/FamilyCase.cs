using System.Text.Json;
using System.Text.Json.Nodes;

namespace Formwork.Generator.Tests.Families;

/// <summary>One recorded model of a family: its configuration, and what PyTorch computes with weights that are drawn again.</summary>
/// <param name="Family">The <c>model_type</c>.</param>
/// <param name="Index">Its place in the file.</param>
/// <param name="Record">What <c>training/family_goldens.py</c> wrote.</param>
public sealed record FamilyCase(string Family, int Index, JsonElement Record)
{
    /// <summary>The model types that are recorded.</summary>
    public static string[] Families => ["marian", "bart", "mbart", "pegasus", "m2m_100", "t5", "mt5"];

    /// <summary>The class that is declared for the case.</summary>
    public string TypeName => $"Case{Index}";

    /// <summary>The configuration's path.</summary>
    public string ConfigPath => $"case{Index}/config.json";

    public string Config => Record.GetProperty("config").GetRawText();

    public int[] Source => Ints("source");

    public int[] Ids => Ints("ids");

    /// <summary>The generation_config.json that lies beside the configuration, or null.</summary>
    public string? Generation => Record.TryGetProperty("generation", out JsonElement file) && file.ValueKind == JsonValueKind.Object ? file.GetRawText() : null;

    /// <summary>A family's cases.</summary>
    public static FamilyCase[] Of(string family) => Read(family, $"family-{family}.json");

    /// <summary>Cases of what is found by the defaults of a checkpoint's files, of several families.</summary>
    public static FamilyCase[] OfDefaults() => Read("defaults", "generation.json");

    private static FamilyCase[] Read(string family, string file)
    {
        string path = Path.Combine(RepositoryFolder.Get("tests", "Formwork.Generator.Tests", "Families", "goldens"), file);
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        return [.. document.RootElement.GetProperty("cases").EnumerateArray().Select((record, index) => new FamilyCase(family, index, record.Clone()))];
    }

    /// <summary>The same case with other fields in its configuration, such as <c>{"eos_token_id":3}</c>; null takes one out.</summary>
    public FamilyCase With(string fields)
    {
        JsonObject record = JsonNode.Parse(Record.GetRawText())!.AsObject();
        foreach ((string name, JsonNode? value) in JsonNode.Parse(fields)!.AsObject())
        {
            record["config"]!.AsObject()[name] = value?.DeepClone();
        }

        return this with { Record = JsonSerializer.SerializeToElement(record) };
    }

    /// <summary>Rows of numbers; null stands for −∞.</summary>
    public double[][] Rows(string name) => Rows(Record.GetProperty(name));

    /// <summary>The first and last row of each layer's output, the stack's own last: [layer][first, last][width].</summary>
    public double[][][] Layers(string stack) => [.. Record.GetProperty(stack).EnumerateArray().Select(Rows)];

    public double[] Numbers(string name) => [.. Record.GetProperty(name).EnumerateArray().Select(static number => number.GetDouble())];

    private int[] Ints(string name) => [.. Record.GetProperty(name).EnumerateArray().Select(static number => number.GetInt32())];

    private static double[][] Rows(JsonElement rows) =>
        [.. rows.EnumerateArray().Select(static row => row.EnumerateArray().Select(static number => number.ValueKind == JsonValueKind.Null ? double.NegativeInfinity : number.GetDouble()).ToArray())];
}
