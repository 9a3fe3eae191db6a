using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace Formwork.Generator.Tests.Config;

/// <summary>
/// Configuration files with the fields and values of published checkpoints, among them files of transformers 4.4 to 5.1: each declares its model without
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
        string config = File.ReadAllText(Path.Combine(RepositoryFolder.Get("tests", "Formwork.Generator.Tests", "Config", "published"), $"{name}.json"));

        // Long sources need more than a small stack, which is told and no fault of the file.
        Assert.DoesNotContain(ConfigFiles.Diagnose(config, options), static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);
        string count = Parameters().Match(ConfigFiles.Generate(config, options)).Groups[1].Value;
        Assert.Equal(parameters + logitsBias, long.Parse(count, NumberStyles.AllowThousands, CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Every_file_is_tested() =>
        Assert.Equal(
            Directory.GetFiles(RepositoryFolder.Get("tests", "Formwork.Generator.Tests", "Config", "published")).Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal),
            Files.Select(static row => (string)row[0]).Order(StringComparer.Ordinal));

    [GeneratedRegex("weights +([0-9,]+) parameters")]
    private static partial Regex Parameters();
}
