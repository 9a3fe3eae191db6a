using System.Globalization;
using Formwork.Generator.Lowering;
using Formwork.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Formwork.Generator.Tests.Manifests;

/// <summary>What a user sees of a manifest that does not fit: the message, the line it points at, and that nothing is generated anew.</summary>
public class ManifestDiagnosticTests
{
    private const string Path = "/models/tiny.manifest";

    private static readonly string Named = Declarations.TinyWith("Manifest = \"tiny.manifest\"");

    private static readonly WeightPlan Weights = ManifestAgreementTests.Weights(Declarations.Tiny);

    private static readonly StoredTensor[] Right = TensorFile.For(Weights);

    [Fact]
    public void A_manifest_that_fits_reports_nothing() => Assert.Empty(Diagnose(TensorFile.Manifest(Right)));

    [Fact]
    public void A_manifest_with_carriage_returns_fits_too() => Assert.Empty(Diagnose(TensorFile.Manifest(Right).Replace("\n", "\r\n", StringComparison.Ordinal)));

    [Fact]
    public void FW0201_names_a_file_that_is_not_there()
    {
        Diagnostic diagnostic = Assert.Single(GeneratorHarness.Diagnose(Named));
        Assert.Equal("FW0201", diagnostic.Id);
        Assert.Equal("Manifest = \"tiny.manifest\"", Text(diagnostic));
        Assert.Contains("<AdditionalFiles Include=\"tiny.manifest\" />", Message(diagnostic), StringComparison.Ordinal);
    }

    [Fact]
    public void FW0201_names_a_model_that_is_not_there()
    {
        Diagnostic diagnostic = Assert.Single(GeneratorHarness.Diagnose(Declarations.Tiny, inputs: BuildInputs.None.WithFile(Path, TensorFile.Manifest(Right), "Huge")));
        Assert.Equal("FW0201", diagnostic.Id);
        Assert.Equal("'tiny.manifest' cannot be used: its metadata FormworkModel is 'Huge', and no model of this project is called so", Message(diagnostic));
        Assert.Equal(Path, diagnostic.Location.GetLineSpan().Path);
    }

    [Fact]
    public void FW0202_points_at_the_line()
    {
        Diagnostic diagnostic = Assert.Single(Diagnose(TensorFile.Manifest(Right).Replace("F32 16x32", "F32 16*32", StringComparison.Ordinal)));
        Assert.Equal("FW0202", diagnostic.Id);
        int line = Line(TensorFile.Manifest(Right), "F32 16x32");
        Assert.Equal((Path, line), (diagnostic.Location.GetLineSpan().Path, diagnostic.Location.GetLineSpan().StartLinePosition.Line));
        Assert.Contains($"'tiny.manifest' cannot be read, line {line + 1}: '16*32' is no shape", Message(diagnostic), StringComparison.Ordinal);
    }

    [Fact]
    public void FW0203_names_the_first_missing_tensor_the_closest_name_and_how_many_more()
    {
        StoredTensor[] renamed = [.. Right.Select(static tensor => tensor with { Name = tensor.Name.Replace("model.decoder.layers.0.fc1", "decoder.layers.0.fc1", StringComparison.Ordinal) })];
        Diagnostic[] diagnostics = Diagnose(TensorFile.Manifest(renamed));
        Assert.Equal(["FW0203", "FW0205"], diagnostics.Select(static diagnostic => diagnostic.Id).Order());
        Diagnostic missing = diagnostics.Single(static diagnostic => diagnostic.Id == "FW0203");
        Assert.Equal(
            "'tiny.manifest' lists no tensor 'model.decoder.layers.0.fc1.weight' of shape [32, 16], which Tiny needs; the closest name in it is 'decoder.layers.0.fc1.weight'; 1 more is missing",
            Message(missing));
        Assert.StartsWith("Transformer", Text(missing), StringComparison.Ordinal);
    }

    [Fact]
    public void FW0203_lists_the_names_that_a_tied_tensor_may_have()
    {
        Diagnostic diagnostic = Assert.Single(Diagnose(TensorFile.Manifest(Right.Where(static tensor => tensor.Name != "model.shared.weight"))));
        Assert.Contains(
            "(nor 'model.encoder.embed_tokens.weight' nor 'model.decoder.embed_tokens.weight' nor 'lm_head.weight', the names it is tied to)",
            Message(diagnostic),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(16, 32, "has the shape [16, 32] and Tiny needs [32, 16], its transpose: the file's matrices are [outputs, inputs]")]
    [InlineData(64, 16, "has the shape [64, 16] and Tiny needs [32, 16]: make the declared sizes those of the checkpoint")]
    public void FW0204_points_at_the_line_and_knows_a_transpose(long rows, long columns, string message)
    {
        Diagnostic diagnostic = Assert.Single(Diagnose(TensorFile.Manifest(Right.Select(tensor => tensor.Name == "model.encoder.layers.0.fc1.weight" ? tensor with { Shape = [rows, columns] } : tensor))));
        Assert.Equal("FW0204", diagnostic.Id);
        Assert.Contains("Tensor 'model.encoder.layers.0.fc1.weight' " + message, Message(diagnostic), StringComparison.Ordinal);
        FileLinePositionSpan span = diagnostic.Location.GetLineSpan();
        Assert.Equal((Path, Line(TensorFile.Manifest(Right), "model.encoder.layers.0.fc1.weight"), 0), (span.Path, span.StartLinePosition.Line, span.StartLinePosition.Character));
    }

    [Fact]
    public void FW0205_names_some_tensors_and_counts_the_others()
    {
        StoredTensor[] more = [.. Right, .. Enumerable.Range(0, 7).Select(static index => new StoredTensor("F32", [2], $"more.{index}", 1))];
        Diagnostic diagnostic = Assert.Single(Diagnose(TensorFile.Manifest(more)));
        Assert.Equal("FW0205", diagnostic.Id);
        Assert.Contains("lists 7 tensors that Tiny does not use: 'more.0', 'more.1', 'more.2', 'more.3', 'more.4' and 2 more", Message(diagnostic), StringComparison.Ordinal);
        Assert.Equal(Line(TensorFile.Manifest(more), "more.0"), diagnostic.Location.GetLineSpan().StartLinePosition.Line);
    }

    [Fact]
    public void FW0206_names_the_type()
    {
        Diagnostic diagnostic = Assert.Single(Diagnose(TensorFile.Manifest(Right.Select((tensor, index) => index == 5 ? tensor with { Type = "F64" } : tensor))));
        Assert.Equal("FW0206", diagnostic.Id);
        Assert.Contains($"Tensor '{Right[5].Name}' is stored as F64", Message(diagnostic), StringComparison.Ordinal);
    }

    [Fact]
    public void FW0207_names_both_tensors()
    {
        StoredTensor head = Right[0] with { Name = "lm_head.weight", Fill = 63 };
        Diagnostic diagnostic = Assert.Single(Diagnose(TensorFile.Manifest([.. Right, head])));
        Assert.Equal("FW0207", diagnostic.Id);
        Assert.Contains("Tensors 'model.shared.weight' and 'lm_head.weight' are one tied tensor in Tiny and differ", Message(diagnostic), StringComparison.Ordinal);
        Assert.Empty(Diagnose(TensorFile.Manifest([.. Right, head with { Fill = Right[0].Fill }])));
    }

    [Theory]
    [InlineData("Tiny")]
    [InlineData("Samples.Tiny")]
    [InlineData(" Tiny ")]
    public void Metadata_names_the_model_as_well(string model)
    {
        string wrong = TensorFile.Manifest(Right.Skip(1));
        Diagnostic diagnostic = Assert.Single(GeneratorHarness.Diagnose(Declarations.Tiny, inputs: BuildInputs.None.WithFile("/elsewhere/any.txt", wrong, model)));
        Assert.Equal("FW0203", diagnostic.Id);
        Assert.Empty(GeneratorHarness.Diagnose(Declarations.Tiny, inputs: BuildInputs.None.WithFile("/elsewhere/any.txt", TensorFile.Manifest(Right), model)));
    }

    [Fact]
    public void A_file_that_nobody_names_is_not_read() =>
        Assert.Empty(GeneratorHarness.Diagnose(Declarations.Tiny, inputs: BuildInputs.None.WithFile(Path, "no manifest").WithFile("/b", "none", " ")));

    [Fact]
    public void The_attribute_and_the_metadata_together_report_once() =>
        Assert.Single(GeneratorHarness.Diagnose(Named, inputs: BuildInputs.None.WithFile(Path, TensorFile.Manifest(Right.Skip(1)), "Tiny")));

    [Fact]
    public void What_is_wrong_with_a_manifest_leaves_the_generated_code_alone()
    {
        SortedDictionary<string, string> expected = GeneratorHarness.Generate(Declarations.Tiny);
        GeneratorRunResult run = GeneratorHarness.Run(GeneratorHarness.Compile(Named), out _, out _, BuildInputs.None.WithFile(Path, "nonsense"));
        Assert.Equal(expected.Values, run.GeneratedSources.OrderBy(static file => file.HintName, StringComparer.Ordinal).Select(static file => file.SourceText.ToString()));
    }

    [Fact]
    public void An_edit_of_the_manifest_runs_the_comparison_and_nothing_else()
    {
        CSharpCompilation compilation = GeneratorHarness.Compile(Named);
        var file = new InputFile(Path, TensorFile.Manifest(Right.Skip(1)), "Tiny");
        GeneratorDriver driver = GeneratorHarness.Driver(compilation, BuildInputs.None with { Files = [file] }).RunGenerators(compilation);
        GeneratorRunResult same = driver.RunGenerators(compilation.Clone()).GetRunResult().Results.Single();
        Assert.All(Reasons(same, TrackingNames.Manifests), static reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));

        GeneratorRunResult second = driver.ReplaceAdditionalText(file, new InputFile(Path, TensorFile.Manifest(Right.Skip(2)), "Tiny")).RunGenerators(compilation).GetRunResult().Results.Single();
        Assert.Equal([IncrementalStepRunReason.Modified], Reasons(second, TrackingNames.Manifests));
        Assert.All(Reasons(second, TrackingNames.Generate), static reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        Assert.Equal(["FW0203"], second.Diagnostics.Select(static diagnostic => diagnostic.Id));
    }

    [Fact]
    public void A_model_that_is_broken_itself_is_not_compared()
    {
        Diagnostic diagnostic = Assert.Single(GeneratorHarness.Diagnose(Declarations.TinyWith("VocabSize = none"), inputs: BuildInputs.None.WithFile(Path, "nonsense", "Tiny")));
        Assert.Equal("FW0003", diagnostic.Id);
    }

    private static Diagnostic[] Diagnose(string manifest) => GeneratorHarness.Diagnose(Named, inputs: BuildInputs.None.WithFile(Path, manifest));

    private static string Message(Diagnostic diagnostic) => diagnostic.GetMessage(CultureInfo.InvariantCulture);

    private static string Text(Diagnostic diagnostic) => diagnostic.Location.SourceTree!.ToString().Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length);

    private static int Line(string text, string part) => text[..text.IndexOf(part, StringComparison.Ordinal)].Count(static character => character == '\n');

    private static IEnumerable<IncrementalStepRunReason> Reasons(GeneratorRunResult run, string step) => run.TrackedSteps[step].SelectMany(static one => one.Outputs).Select(static output => output.Reason);
}
