using System.Text.RegularExpressions;
using Formwork.Generator.Tests.Harness;
using Formwork.Interop;

namespace Formwork.Generator.Tests;

/// <summary>The header, the exported functions and the runtime say the same, whatever the declaration has.</summary>
public partial class CExportTests
{
    private const string Everything = "MaxBeams = 2";

    [Theory]
    [InlineData(Everything, 18)]
    [InlineData("MaxBatch = 2", 13)]
    [InlineData("Decoding = DecodingFeatures.None", 12)]
    [InlineData("Decoding = DecodingFeatures.Scoring, StackOnly = true", 13)]
    [InlineData("CrossAttention = false, Decoding = DecodingFeatures.Streaming", 12)]
    public void The_header_declares_what_is_exported_and_it_compiles(string options, int functions)
    {
        string source = Declarations.TinyWith($"CExport = \"tiny\", {options}");
        SortedDictionary<string, string> files = GeneratorHarness.Generate(source);
        string header = Header(files);
        (string, int)[] exported = [.. Exported().Matches(files["Samples.Tiny.CExport.g.cs"]).Select(static match => (match.Groups[1].Value, Count(match.Groups[2].Value)))];
        (string, int)[] declared = [.. Declared().Matches(header).Select(static match => (match.Groups[1].Value, match.Groups[2].Value == "void" ? 0 : Count(match.Groups[2].Value)))];
        Assert.Equal(functions, exported.Length);
        Assert.Equal(exported.Order(), declared.Order());
        using CompiledModels models = new(source);
    }

    [Fact]
    public void The_header_numbers_statuses_as_the_runtime_does()
    {
        IEnumerable<(string, int)> declared = Statuses().Matches(Header(GeneratorHarness.Generate(Declarations.TinyWith("CExport = \"tiny\""))))
            .Select(static match => (match.Groups[1].Value.Replace("_", string.Empty, StringComparison.Ordinal), int.Parse(match.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture)));
        IEnumerable<(string, int)> statuses = Enum.GetValues<NativeStatus>().Select(static status => (status.ToString().ToUpperInvariant(), (int)status));
        Assert.Equal(statuses, declared);
    }

    [Theory]
    [InlineData("SourceLength", "TINY_SOURCE_LENGTH 8")]
    [InlineData("VocabSize", "TINY_TARGET_VOCAB_SIZE 20")]
    [InlineData("StateBytes", "TINY_STATE_BYTES 4672")]
    public void The_header_has_the_sizes(string what, string line)
    {
        _ = what;
        Assert.Contains($"#define {line}\n", Header(GeneratorHarness.Generate(Declarations.TinyWith("CExport = \"tiny\""))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("int")]
    [InlineData("PREFIX")]
    [InlineData("xUPPERx")]
    [InlineData("NAME")]
    [InlineData("a1_b")]
    public void Keywords_and_words_of_the_templates_are_prefixes_like_others(string prefix)
    {
        string declaration = Declarations.TinyWith($"CExport = \"{prefix}\"", declaration: "public partial class UPPER;");
        Assert.Empty(GeneratorHarness.Diagnose(declaration));
        SortedDictionary<string, string> files = GeneratorHarness.Generate(declaration);
        Assert.Contains($"EntryPoint = \"{prefix}_step\"", files["Samples.UPPER.CExport.g.cs"], StringComparison.Ordinal);
        string header = Header(files);
        Assert.Contains($"{prefix}_status {prefix}_step(", header, StringComparison.Ordinal);
        Assert.Contains($"#define {prefix.ToUpperInvariant()}_START_TOKEN 0\n", header, StringComparison.Ordinal);
        Assert.Contains($" * {prefix}.h: [Transformer(Family.Vaswani)] Samples.UPPER\n", header, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_exported_unless_it_is_asked_for() =>
        Assert.DoesNotContain(GeneratorHarness.Generate(Declarations.Tiny).Keys, static name => name.Contains("CExport", StringComparison.Ordinal) || name.Contains("Artifact", StringComparison.Ordinal));

    private static string Header(SortedDictionary<string, string> files) => string.Concat(files
        .Single(static file => file.Key.Contains(".Artifact.", StringComparison.Ordinal)).Value
        .Split('\n')
        .Where(static line => line.StartsWith("//|", StringComparison.Ordinal))
        .Select(static line => line[Math.Min(4, line.Length)..] + "\n"));

    private static int Count(string parameters) => parameters.Length == 0 ? 0 : parameters.Split(',').Length;

    [GeneratedRegex("EntryPoint = \"(\\w+)\"[^\\n]*\\n *public static \\w+ \\w+\\(([^)]*)\\)")]
    private static partial Regex Exported();

    [GeneratedRegex("^TINY_API [^(]*?(\\w+)\\(([^)]*)\\);", RegexOptions.Multiline)]
    private static partial Regex Declared();

    [GeneratedRegex("^    TINY_(\\w+) = (\\d+)", RegexOptions.Multiline)]
    private static partial Regex Statuses();
}
