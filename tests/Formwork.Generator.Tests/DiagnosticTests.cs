using Formwork.Generator.Diagnostics;
using Formwork.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Formwork.Generator.Tests;

/// <summary>Every diagnostic: what triggers it, what its message says to write instead, where it points, and that it has a help page.</summary>
public class DiagnosticTests
{
    public static TheoryData<string, string, string, string> Triggers => new()
    {
        { "FW0001", Declarations.TinyWith("", declaration: "public sealed class Tiny;"), "write 'public sealed partial class Tiny'", "Tiny" },
        { "FW0001", "using Formwork; public class Outer { " + Declarations.Tiny[Declarations.Tiny.IndexOf('[', StringComparison.Ordinal)..] + " }", "write 'public partial class Outer'", "Outer" },
        { "FW0002", Declarations.TinyWith("", declaration: "public sealed partial class Tiny<T>;"), "generic", "Tiny" },
        { "FW0002", Declarations.TinyWith("", declaration: "public static partial class Tiny;"), "static", "Tiny" },
        { "FW0002", Declarations.TinyWith("", declaration: "file partial class Tiny;"), "file-local", "Tiny" },
        { "FW0002", Declarations.TinyWith("", declaration: "public abstract partial class Tiny;"), "abstract", "Tiny" },
        { "FW0002", Declarations.TinyWith("", declaration: "public partial record Tiny;"), "a record", "Tiny" },
        { "FW0002", Declarations.TinyWith("", declaration: "public partial class Tiny(int x) { int X => x; }"), "constructor of its own", "Tiny" },
        { "FW0002", Declarations.Tiny + " partial class Tiny { public Tiny(int x) { } }", "constructor of its own", "Tiny" },
        { "FW0002", Declarations.Tiny + Declarations.TinyWith("", declaration: "public sealed partial class tiny;").Replace("using Formwork;", "", StringComparison.Ordinal).Replace("namespace Samples;", "", StringComparison.Ordinal), "named like another model but for its case", "Transformer" },
        { "FW0002", Declarations.TinyWith("", declaration: "public partial class Heads;"), "named like a member of every model", "Transformer" },
        { "FW0002", Declarations.TinyWith("", declaration: "public partial class State;"), "'public sealed partial class StateModel'", "Transformer" },
        { "FW0002", Declarations.T5.Replace("Summarizer", "EncoderBuckets", StringComparison.Ordinal), "named like a member of every model", "Transformer" },
        { "FW0102", Declarations.TinyWith("Positions = PositionEncoding.RelativeBuckets, RelativeBuckets = 30"), "a multiple of 4", "RelativeBuckets = 30" },
        { "FW0102", Declarations.TinyWith("Positions = PositionEncoding.RelativeBuckets, RelativeMaxDistance = 16"), "distances up to 16 have buckets of their own", "RelativeMaxDistance = 16" },
        { "FW0107", Declarations.TinyWith("RelativeBuckets = 32"), "say Positions = PositionEncoding.RelativeBuckets", "RelativeBuckets = 32" },
        { "FW0107", Declarations.TinyWith("NormKind = NormKind.RmsNorm, NormBias = true"), "an RMS norm adds nothing", "NormBias = true" },
        { "FW0003", Declarations.TinyWith("ModelDim = none"), "add 'ModelDim = …'", "Transformer" },
        { "FW0003", Declarations.TinyWith("VocabSize = none, SourceVocabSize = 20"), "add 'VocabSize = …'", "Transformer" },
        { "FW0003", Declarations.TinyWith("", family: "Bart"), "add 'MaxPositions = …'", "Transformer" },
        { "FW0101", Declarations.TinyWith("ModelDim = 18, Heads = 4"), "the nearest head counts that do are 3 and 6", "Heads = 4" },
        { "FW0101", Declarations.TinyWith("Heads = 17"), "16", "Heads = 17" },
        { "FW0102", Declarations.TinyWith("FeedForwardDim = 0"), "must be between 1 and", "FeedForwardDim = 0" },
        { "FW0102", Declarations.TinyWith("EncoderLayers = 600000"), "between 1 and 1024", "EncoderLayers = 600000" },
        { "FW0102", Declarations.TinyWith("MaxPositions = 2147483647", family: "Bart"), "between 1 and 16777216", "MaxPositions = 2147483647" },
        { "FW0102", Declarations.TinyWith("NormEpsilon = 0f"), "never zero", "NormEpsilon = 0f" },
        { "FW0107", Declarations.TinyWith("EndToken = 19", family: "Marian"), "no target could end", "EndToken = 19" },
        { "FW0102", Declarations.TinyWith("SourceLength = -3"), "SourceLength is -3", "SourceLength = -3" },
        { "FW0102", Declarations.TinyWith("EndToken = 20"), "between 0 and 19", "EndToken = 20" },
        { "FW0102", Declarations.TinyWith("NormEpsilon = -1f"), "never zero or negative", "NormEpsilon = -1f" },
        { "FW0102", Declarations.TinyWith("PositionOffset = -1"), "PositionOffset", "PositionOffset = -1" },
        { "FW0102", Declarations.TinyWith("StackBudget = -1"), "StackBudget", "StackBudget = -1" },
        { "FW0102", Declarations.TinyWith("SourceLength = 16000000"), "2 GiB", "Transformer" },
        { "FW0107", Declarations.TinyWith("EmbeddingWeights = WeightType.Int8, OutputWeights = WeightType.Float16"), "tied to the embedding table", "OutputWeights = WeightType.Float16" },
        { "FW0107", Declarations.TinyWith("FeedForwardDim = 16385, Weights = WeightType.Int4"), "at most 16384 of a row", "Weights = WeightType.Int4" },
        { "FW0102", Declarations.TinyWith("MaxBatch = 0"), "between 1 and 64", "MaxBatch = 0" },
        { "FW0102", Declarations.TinyWith("MaxBatch = 65"), "between 1 and 64", "MaxBatch = 65" },
        { "FW0102", Declarations.TinyWith("SourceLength = 1000000, MaxBatch = 64"), "lower MaxBatch", "Transformer" },
        { "FW0102", Declarations.TinyWith("MaxBeams = 0"), "between 1 and 64 hypotheses", "MaxBeams = 0" },
        { "FW0102", Declarations.TinyWith("MaxBeams = 65"), "between 1 and 64 hypotheses", "MaxBeams = 65" },
        { "FW0102", Declarations.TinyWith("TargetLength = 1000000, MaxBeams = 64"), "lower MaxBatch or MaxBeams", "Transformer" },
        { "FW0107", Declarations.TinyWith("Decoding = (DecodingFeatures)32"), "no member of DecodingFeatures", "Decoding = (DecodingFeatures)32" },
        { "FW0107", Declarations.TinyWith("Decoding = DecodingFeatures.Sampling"), "DecodingFeatures.Sampling without DecodingFeatures.Search", "Decoding = DecodingFeatures.Sampling" },
        { "FW0107", Declarations.TinyWith("Decoding = DecodingFeatures.Alternatives"), "DecodingFeatures.Alternatives without DecodingFeatures.Search", "Decoding = DecodingFeatures.Alternatives" },
        { "FW0107", Declarations.TinyWith("MaxBeams = 2, Decoding = DecodingFeatures.Streaming"), "MaxBeams without DecodingFeatures.Search", "Decoding = DecodingFeatures.Streaming" },
        { "FW0102", Declarations.TinyWith("StateBudget = 0"), "the most bytes that are allowed", "StateBudget = 0" },
        { "FW0102", Declarations.TinyWith("WeightBudget = -1L"), "WeightBudget is -1", "WeightBudget = -1L" },
        { "FW0304", Declarations.TinyWith("SourceLength = 100, TargetLength = 100, StateBudget = 40000"), "would fit: SourceLength = ", "Transformer" },
        { "FW0304", Declarations.TinyWith("MaxBeams = 8, StateBudget = 9000"), "The batch takes", "Transformer" },
        { "FW0304", Declarations.TinyWith("StateBudget = 100"), "no length, batch or beam alone", "Transformer" },
        { "FW0306", Declarations.TinyWith("WeightBudget = 20000"), "'Weights = WeightType.BFloat16' would fit", "Transformer" },
        { "FW0306", Declarations.TinyWith("WeightBudget = 100"), "no weight type is small enough", "Transformer" },
        { "FW0102", Declarations.TinyWith("CExport = \"\""), "letters of ASCII", "CExport = \"\"" },
        { "FW0102", Declarations.TinyWith("CExport = \"1x\""), "CExport is \"1x\"", "CExport = \"1x\"" },
        { "FW0102", Declarations.TinyWith("CExport = \"é\""), "letters of ASCII", "CExport = \"é\"" },
        { "FW0102", Declarations.TinyWith("CExport = \"en-fr\""), "a letter first, such as \"enfr\"", "CExport = \"en-fr\"" },
        { "FW0102", Declarations.TinyWith("CExport = \"enfr_\""), "an underscore follows it", "CExport = \"enfr_\"" },
        { "FW0102", Declarations.TinyWith("CExport = \"englishfrench\""), "at most 12", "CExport = \"englishfrench\"" },
        { "FW0102", Declarations.TinyWith("CExport = \"String\""), "in place of the system's own", "CExport = \"String\"" },
        { "FW0107", Declarations.TinyWith("CExport = \"enfr\"") + Declarations.TinyWith("CExport = \"ENFR\"", declaration: "public partial class Other;").Replace("using Formwork;", "", StringComparison.Ordinal).Replace("namespace Samples;", "", StringComparison.Ordinal), "Samples.Tiny and Samples.Other", "Transformer" },
        { "FW0002", Declarations.TinyWith("CExport = \"enfr\"", declaration: "public partial class CModel;"), "named like a member of every model", "Transformer" },
        { "FW0102", Declarations.TinyWith("EmbeddedWeights = \"\""), "LogicalName", "EmbeddedWeights = \"\"" },
        { "FW0102", Declarations.TinyWith("EmbeddedWeights = \" \\t\""), "EmbeddedWeights is empty", "EmbeddedWeights = \" \\t\"" },
        { "FW0107", Declarations.TinyWith("Weights = (WeightType)5"), "names no member", "Weights = (WeightType)5" },
        { "FW0103", Declarations.TinyWith("EncoderModelDim = 32"), "an encoder of width 32 to a decoder of width 16", "EncoderModelDim = 32" },
        { "FW0104", Declarations.TinyWith("HeadDim = 12"), "HeadDim = 12", "HeadDim = 12" },
        { "FW0105", Declarations.TinyWith("VocabSize = none, SourceVocabSize = 20, TargetVocabSize = 30"), "ShareEmbeddings = false", "TargetVocabSize = 30" },
        { "FW0106", Declarations.TinyWith("MaxPositions = 4, TargetLength = 4", family: "Bart"), "lower SourceLength to at most 4", "SourceLength = 8" },
        { "FW0107", Declarations.TinyWith("CrossAttention = false, RecordCrossAttention = true"), "no cross-attention weights", "RecordCrossAttention = true" },
        { "FW0107", Declarations.TinyWith("RecordLayers = new[] { 0 }"), "RecordLayers without RecordCrossAttention", "RecordLayers = new[] { 0 }" },
        { "FW0107", Declarations.TinyWith("RecordCrossAttention = false, RecordHeads = new[] { 0 }"), "say RecordCrossAttention = true", "RecordHeads = new[] { 0 }" },
        { "FW0107", Declarations.TinyWith("RecordCrossAttention = true, RecordLayers = new int[0]"), "leave it out to record every decoder layer", "RecordLayers = new int[0]" },
        { "FW0107", Declarations.TinyWith("RecordCrossAttention = true, RecordHeads = null"), "leave it out to record every decoder head", "RecordHeads = null" },
        { "FW0102", Declarations.TinyWith("RecordCrossAttention = true, RecordLayers = new[] { 1 }"), "RecordLayers is 1: a decoder layer lies between 0 and 0", "RecordLayers = new[] { 1 }" },
        { "FW0102", Declarations.TinyWith("RecordCrossAttention = true, RecordHeads = ARRAY").Replace("ARRAY", "new[] { 2, 0, -1 }", StringComparison.Ordinal), "RecordHeads is 2, -1: a decoder head lies between 0 and 1", "RecordHeads = new[] { 2, 0, -1 }" },
        { "FW0107", Declarations.TinyWith("RecordCrossAttention = true, RecordHeads = ARRAY").Replace("ARRAY", "new[] { 1, 0, 1 }", StringComparison.Ordinal), "RecordHeads with 1 more than once", "RecordHeads = new[] { 1, 0, 1 }" },
        { "FW0107", Declarations.TinyWith("ModelDim = 15, Heads = 1"), "even ModelDim", "Transformer" },
        { "FW0107", Declarations.TinyWith("Activation = (ActivationFunction)9"), "names no member", "Activation = (ActivationFunction)9" },
        { "FW0107", Declarations.Tiny.Replace("Family.Vaswani", "(Family)42", StringComparison.Ordinal), "names no known family", "Transformer" },
        { "FW0301", Declarations.TinyWith("StackBudget = 128"), "lives in the state instead", "Transformer" },
        { "FW0302", Declarations.TinyWith("StackBudget = 128, StackOnly = true"), "drop StackOnly", "Transformer" },
        { "FW0302", Declarations.TinyWith("StackBudget = 4096, StackOnly = true"), "but state takes", "Transformer" },
    };

    /// <summary>What takes more than source to trigger: tests of its own, here or in <see cref="Config"/>.</summary>
    private static string[] TriggeredElsewhere => ["FW0004", "FW0108", "FW0109", "FW0110", "FW0201", "FW0202", "FW0203", "FW0204", "FW0205", "FW0206", "FW0207", "FW0402", "FW0900"];

    public static TheoryData<string> Ids => new(Descriptors.All.Select(static descriptor => descriptor.Id));

    [Theory]
    [MemberData(nameof(Triggers))]
    public void Is_reported_where_it_belongs_with_what_to_write_instead(string id, string source, string message, string place)
    {
        Diagnostic[] diagnostics = [.. GeneratorHarness.Diagnose(source).Where(diagnostic => diagnostic.Id == id)];
        Assert.NotEmpty(diagnostics);
        Assert.Contains(diagnostics, diagnostic => diagnostic.GetMessage(null).Contains(message, StringComparison.Ordinal));
        Assert.All(diagnostics, diagnostic =>
        {
            string text = diagnostic.Location.SourceTree!.ToString().Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length);
            Assert.StartsWith(place, text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void An_old_language_version_is_refused()
    {
        Diagnostic diagnostic = Assert.Single(GeneratorHarness.Diagnose(Declarations.Tiny.Replace("class Tiny;", "class Tiny { }", StringComparison.Ordinal), LanguageVersion.CSharp12), static diagnostic => diagnostic.Id == "FW0004");
        Assert.Contains("this project compiles as C# 12", diagnostic.GetMessage(null), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Triggers))]
    public void An_error_leaves_no_partial_model_behind(string id, string source, string message, string place)
    {
        _ = (message, place);
        GeneratorRunResult result = GeneratorHarness.Run(GeneratorHarness.Compile(source), out _, out _);
        Assert.Null(result.Exception);
        bool isError = Descriptors.ById(id).DefaultSeverity == DiagnosticSeverity.Error;
        Assert.Equal(isError, result.GeneratedSources.IsEmpty);
    }

    [Fact]
    public void A_head_count_of_both_stacks_is_reported_once() => Assert.Single(GeneratorHarness.Diagnose(Declarations.TinyWith("ModelDim = 18, Heads = 4")));

    [Fact]
    public void A_warning_obeys_a_pragma()
    {
        string declaration = Declarations.TinyWith("HeadDim = 12");
        Assert.Contains(GeneratorHarness.Diagnose(declaration), static diagnostic => diagnostic.Id == "FW0104");
        Assert.Empty(GeneratorHarness.Diagnose(declaration.Replace("[Transformer", "#pragma warning disable FW0104\n[Transformer", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_correct_declaration_reports_nothing()
    {
        foreach (string source in new[] { Declarations.Tiny, Declarations.Bart, Declarations.Marian, Declarations.OpenNmt, Declarations.Recording })
        {
            Assert.Empty(GeneratorHarness.Diagnose(source));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_failure_inside_the_generator_becomes_a_diagnostic_and_leaves_other_models_alone(bool whileLowering)
    {
        // Nothing that a user can write may reach this, so a phase is made to fail for one of two models.
        TransformerGenerator generator = new(
            spec => whileLowering && spec.Type.Name == "Tiny" ? throw new InvalidOperationException("first line\nsecond line") : Lowering.PlanLowering.Lower(spec),
            plan => !whileLowering && plan.Type.Name == "Tiny" ? throw new InvalidOperationException("first line\nsecond line") : Emission.PlanEmission.Emit(plan));
        CSharpCompilation compilation = GeneratorHarness.Compile(Declarations.Tiny, Declarations.Bart);
        GeneratorRunResult result = CSharpGeneratorDriver.Create([generator.AsSourceGenerator()], parseOptions: (CSharpParseOptions)compilation.SyntaxTrees[0].Options)
            .RunGenerators(compilation)
            .GetRunResult()
            .Results
            .Single();
        Assert.Null(result.Exception);
        Diagnostic diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal("FW0900", diagnostic.Id);
        Assert.Contains("InvalidOperationException: first line second line", diagnostic.GetMessage(null), StringComparison.Ordinal);
        Assert.True(diagnostic.Location.IsInSource);
        Assert.All(result.GeneratedSources, static file => Assert.StartsWith("Samples.GraphemeToPhoneme.", file.HintName, StringComparison.Ordinal));
        Assert.Equal(8, result.GeneratedSources.Length);
    }

    [Theory]
    [InlineData("public partial class Twice; [Transformer(Family.Bart)] public partial class Twice;")]
    [InlineData("public partial class Twice; public partial class twice;")]
    public void Models_that_collide_leave_the_others_alone(string declarations)
    {
        string attribute = Declarations.Tiny[Declarations.Tiny.IndexOf('[', StringComparison.Ordinal)..(Declarations.Tiny.IndexOf(']', StringComparison.Ordinal) + 1)];
        string source = "using Formwork;\n" + attribute + declarations
            .Replace("[Transformer(Family.Bart)]", attribute, StringComparison.Ordinal)
            .Replace("public partial class twice", attribute + "public partial class twice", StringComparison.Ordinal);
        GeneratorRunResult result = GeneratorHarness.Run(GeneratorHarness.Compile(source, Declarations.Bart), out _, out _);
        Assert.Null(result.Exception);
        Assert.Equal(8, result.GeneratedSources.Count(static file => file.HintName.StartsWith("Samples.GraphemeToPhoneme.", StringComparison.Ordinal)));
        Assert.DoesNotContain(result.GeneratedSources, static file => file.HintName.StartsWith("twice", StringComparison.OrdinalIgnoreCase));
        Assert.Contains(result.Diagnostics, static diagnostic => diagnostic.Id == "FW0002");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Has_a_help_page_and_a_trigger(string id)
    {
        string page = Path.Combine(RepositoryFolder.Get("docs", "diagnostics"), id + ".md");
        Assert.True(File.Exists(page), $"{page} is missing.");
        Assert.StartsWith($"# {id}", File.ReadAllText(page), StringComparison.Ordinal);
        Assert.EndsWith($"{id}.md", Descriptors.ById(id).HelpLinkUri, StringComparison.Ordinal);
        Assert.True(TriggeredElsewhere.Contains(id) || Triggers.Any(row => (string)row[0] == id), $"No test triggers {id}.");
    }

    [Theory]
    [InlineData("[Transformer]")]
    [InlineData("[Transformer(")]
    [InlineData("[Transformer(Family.Marian, ModelDim = \"x\")]")]
    [InlineData("[Transformer(Family.Marian, ModelDim = Missing)]")]
    [InlineData("[Transformer(nonsense)]")]
    [InlineData("[Transformer(Family.Marian, RecordCrossAttention = true, RecordLayers = new[] { \"x\" }, RecordHeads = new int[] { Missing })]")]
    [InlineData("[Transformer(Family.Marian, Heads = 2, Heads = 4)]")]
    [InlineData("[Transformer(Family.Marian, ModelDim = 2147483647, Heads = 2147483647)]")]
    public void Broken_attributes_never_throw(string attribute)
    {
        GeneratorRunResult result = GeneratorHarness.Run(GeneratorHarness.Compile($"using Formwork;\n{attribute}\npublic partial class Broken;"), out _, out _);
        Assert.Null(result.Exception);
        Assert.Empty(result.GeneratedSources);
    }
}
