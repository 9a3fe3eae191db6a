using System.Globalization;
using System.Text.RegularExpressions;
using Formwork.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Formwork.Generator.Tests.Config;

/// <summary>
/// Configuration files written after those of published checkpoints (from memory and public copies, not downloaded), among them files of transformers 4.4 to 5.1: each declares its model without
/// an error, and the model has as many weights as the checkpoint.
/// </summary>
public partial class PublishedConfigTests
{
    /// <summary>File, what the attribute has to add, the checkpoint's parameters, and those of the bias on the logits, which is a buffer and counted by nobody.</summary>
    public static TheoryData<string, string, long, long> Files => new()
    {
        { "bart-base", "", 139_420_416, 50_265 },
        { "bart-large-cnn", "", 406_290_432, 50_264 },
        { "byt5-small", "SourceLength = 64, TargetLength = 64", 299_637_760, 0 },
        { "flan-t5-small", "", 76_961_152, 0 },
        { "m2m100_418M", "", 483_905_536, 0 },
        { "mbart-large-50-many-to-many-mmt", "", 610_879_488, 250_054 },
        { "mbart-large-cc25", "StartToken = 250020", 610_851_840, 250_027 },
        { "mt5-small", "SourceLength = 64, TargetLength = 64", 300_176_768, 0 },
        { "nllb-200-distilled-600M", "", 615_073_792, 0 },
        { "opus-mt-en-fr", "", 74_609_664, 59_514 },
        { "opus-mt-tc-big-en-fr", "", 230_646_784, 53_017 },
        { "opus-mt-transformers-5", "", 71_625_216, 53_685 },
        { "pegasus-xsum", "", 568_699_904, 96_103 },
        { "t5-small", "", 60_506_624, 0 },
        { "t5-v1_1-base", "SourceLength = 64, TargetLength = 64", 247_577_856, 0 },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void A_published_file_declares_a_model_with_as_many_weights(string name, string options, long parameters, long logitsBias)
    {
        string config = Read(name, "config.json");

        // Long sources need more than a small stack, which is told and no fault of the file.
        Assert.DoesNotContain(ConfigFiles.Diagnose(config, options), static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);
        string count = Parameters().Match(ConfigFiles.Generate(config, options)).Groups[1].Value;
        Assert.Equal(parameters + logitsBias, long.Parse(count, NumberStyles.AllowThousands, CultureInfo.InvariantCulture));
    }

    /// <summary>What <c>generate</c> does by default with a checkpoint becomes the model's options.</summary>
    [Theory]
    [InlineData("bart-large-cnn", "MaxBeams = 4", "Beams = 4", "EarlyStopping = generation::EarlyStopping.Immediate", "ForcedEnd = 2", "ForcedStart = 0", "LengthPenalty = 2f", "MaxLength = 141", "MinLength = 55", "NoRepeatNgram = 3")]
    [InlineData("m2m100_418M", "MaxBeams = 5", "Beams = 5", "EarlyStopping = generation::EarlyStopping.Immediate", "MaxLength = 199")]
    [InlineData("mbart-large-50-many-to-many-mmt", "MaxBeams = 5", "Beams = 5", "EarlyStopping = generation::EarlyStopping.Immediate", "ForcedEnd = 2", "MaxLength = 199")]
    [InlineData("nllb-200-distilled-600M", "", "MaxLength = 199")]
    [InlineData("opus-mt-en-fr", "MaxBeams = 4", "Beams = 4", "ForcedEnd = 0", "MaxLength = 511")]
    [InlineData("pegasus-xsum", "MaxBeams = 8", "Beams = 8", "ForcedEnd = 1", "LengthPenalty = 0.6f", "MaxLength = 63")]
    [InlineData("t5-small", "")]
    public void A_published_generation_config_becomes_default_options(string name, string options, params string[] expected)
    {
        BuildInputs inputs = ConfigFiles.Inputs(Read(name, "config.json")).WithFile("/models/generation_config.json", Read(name, "generation_config.json"));
        Assert.DoesNotContain(GeneratorHarness.Diagnose(ConfigFiles.Declare(options), inputs: inputs), static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);
        string text = GeneratorHarness.Generate(ConfigFiles.Declare(options), inputs)["Samples.Tiny.Defaults.g.cs"];
        Assert.Equal(expected, Settings().Matches(text).Select(static match => match.Groups[1].Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_file_is_tested() =>
        Assert.Equal(
            Directory.GetDirectories(Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal),
            Files.Select(static row => (string)row[0]).Order(StringComparer.Ordinal));

    private static string Folder => RepositoryFolder.Get("tests", "Formwork.Generator.Tests", "Config", "published");

    private static string Read(string name, string file) => File.ReadAllText(Path.Combine(Folder, name, file));

    [GeneratedRegex("^ +([A-Za-z]+ = .+), // [a-z_]+$", RegexOptions.Multiline)]
    private static partial Regex Settings();

    [GeneratedRegex("weights +([0-9,]+) parameters")]
    private static partial Regex Parameters();
}
