using Formwork.Generator.Tests.Harness;
using Formwork.Generator.Tests.Reports;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Formwork.Generator.Tests;

/// <summary>An edit that does not change a declaration re-runs nothing behind parsing; one that does, must.</summary>
public class IncrementalityTests
{
    private const string Unrelated = "namespace Other; public class Unrelated { public int Value => 1; }";

    [Fact]
    public void The_same_compilation_again_runs_nothing()
    {
        (GeneratorDriver driver, CSharpCompilation compilation) = FirstRun(Declarations.Tiny, Unrelated);
        GeneratorRunResult second = Rerun(driver, compilation.Clone());
        AssertAll(second, TrackingNames.Parse, IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged);
        AssertCached(second);
    }

    [Theory]
    [InlineData(Declarations.Tiny)]
    [InlineData(Declarations.Recording)]
    public void An_edit_in_another_file_runs_nothing_behind_parsing(string declaration)
    {
        (GeneratorDriver driver, CSharpCompilation compilation) = FirstRun(declaration, Unrelated);
        AssertCached(Rerun(driver, Edit(compilation, file: 1, Unrelated.Replace("1;", "2;", StringComparison.Ordinal))));
    }

    [Fact]
    public void A_new_file_runs_nothing_behind_parsing()
    {
        (GeneratorDriver driver, CSharpCompilation compilation) = FirstRun(Declarations.Tiny);
        SyntaxTree added = CSharpSyntaxTree.ParseText(Unrelated, (CSharpParseOptions)compilation.SyntaxTrees[0].Options, "Added.cs");
        AssertCached(Rerun(driver, compilation.AddSyntaxTrees(added)));
    }

    [Theory]
    [InlineData("// below", true)]
    [InlineData("public class Below;", true)]
    [InlineData("// above\n", false)]
    public void An_edit_beside_the_declaration_in_its_file_runs_nothing_behind_parsing(string text, bool below)
    {
        (GeneratorDriver driver, CSharpCompilation compilation) = FirstRun(Declarations.Tiny);
        string edited = below ? Declarations.Tiny + "\n" + text : text + Declarations.Tiny;
        AssertCached(Rerun(driver, Edit(compilation, file: 0, edited)));
    }

    [Fact]
    public void A_real_edit_runs_every_step()
    {
        (GeneratorDriver driver, CSharpCompilation compilation) = FirstRun(Declarations.Tiny);
        string edited = Declarations.Tiny.Replace("FeedForwardDim = 32", "FeedForwardDim = 64", StringComparison.Ordinal);
        GeneratorRunResult second = Rerun(driver, Edit(compilation, file: 0, edited));
        AssertAll(second, TrackingNames.Spec, IncrementalStepRunReason.Modified);
        AssertAll(second, TrackingNames.Generate, IncrementalStepRunReason.Modified);
        Assert.Contains(second.GeneratedSources, static file => file.SourceText.ToString().Contains("FeedForwardDim = 64", StringComparison.Ordinal));
    }

    [Fact]
    public void A_second_model_leaves_the_first_cached()
    {
        (GeneratorDriver driver, CSharpCompilation compilation) = FirstRun(Declarations.Tiny);
        SyntaxTree added = CSharpSyntaxTree.ParseText(Declarations.Bart, (CSharpParseOptions)compilation.SyntaxTrees[0].Options, "Bart.cs");
        GeneratorRunResult second = Rerun(driver, compilation.AddSyntaxTrees(added));
        IncrementalStepRunReason[] reasons = [.. second.TrackedSteps[TrackingNames.Generate].SelectMany(static step => step.Outputs).Select(static output => output.Reason).Order()];
        Assert.Equal([IncrementalStepRunReason.New, IncrementalStepRunReason.Cached], reasons);
    }

    [Fact]
    public void With_reports_an_edit_in_another_file_runs_nothing_behind_parsing()
    {
        CSharpCompilation compilation = GeneratorHarness.Compile(Declarations.Tiny, Unrelated);
        GeneratorDriver driver = GeneratorHarness.Driver(compilation, Artifacts.ReportsOn).RunGenerators(compilation);
        GeneratorRunResult second = Rerun(driver, Edit(compilation, file: 1, Unrelated.Replace("1;", "2;", StringComparison.Ordinal)));
        AssertCached(second);
        Assert.Contains(second.GeneratedSources, static file => file.HintName.EndsWith(".plan.md.g.cs", StringComparison.Ordinal));
    }

    [Fact]
    public void Options_that_do_not_concern_the_report_run_nothing()
    {
        CSharpCompilation compilation = GeneratorHarness.Compile(Declarations.Tiny);
        GeneratorDriver driver = GeneratorHarness.Driver(compilation, Artifacts.ReportsOn).RunGenerators(compilation);
        GeneratorRunResult second = Rerun(driver.WithUpdatedAnalyzerConfigOptions(Artifacts.ReportsOn.WithProperty("Nullable", "enable").Options), compilation);
        AssertAll(second, TrackingNames.Report, IncrementalStepRunReason.Unchanged);
        AssertCached(second);
    }

    [Fact]
    public void Switching_reports_on_and_off_adds_and_takes_their_files()
    {
        CSharpCompilation compilation = GeneratorHarness.Compile(Declarations.Tiny);
        GeneratorDriver driver = GeneratorHarness.Driver(compilation).RunGenerators(compilation);
        int without = driver.GetRunResult().Results.Single().GeneratedSources.Length;
        driver = driver.WithUpdatedAnalyzerConfigOptions(Artifacts.ReportsOn.Options).RunGenerators(compilation);
        Assert.Equal(without + 2, driver.GetRunResult().Results.Single().GeneratedSources.Length);
        Assert.Equal(without, Rerun(driver.WithUpdatedAnalyzerConfigOptions(BuildInputs.None.Options), compilation).GeneratedSources.Length);
    }

    [Theory]
    [InlineData("generation_config.json", """{"num_beams":1,"max_length":5}""", """{ "max_length": 5, "transformers_version": "4.50" }""", false)]
    [InlineData("generation_config.json", """{"max_length":5}""", """{"max_length":6}""", true)]
    [InlineData("generation_config.json", """{"eos_token_id":3}""", """{"eos_token_id":4}""", true)]
    [InlineData("added_tokens.json", """{">>fra<<":5}""", """{">>fra<<":6}""", false)]
    [InlineData("vocab.json", """{">>fra<<":5,"a":6}""", """{"a":7,"b":8,">>fra<<":5}""", false)]
    [InlineData("vocab.json", """{">>fra<<":5}""", """{">>fra<<":6}""", true)]
    public void A_file_beside_the_configuration_runs_its_own_model_and_only_where_it_matters(string file, string before, string after, bool matters)
    {
        string config = Config.ConfigFiles.Marian.ToJsonString();
        InputFile changing = new("/models/a/" + file, before, null);
        AdditionalText[] texts = [new InputFile("/models/a/config.json", config, null), changing, new InputFile("/models/b/config.json", config, null), new InputFile("/models/b/" + file, before, null)];
        string first = Config.ConfigFiles.Declare(name: "a/config.json");
        CSharpCompilation compilation = GeneratorHarness.Compile(first, first.Replace("a/config", "b/config", StringComparison.Ordinal).Replace("Tiny", "Other", StringComparison.Ordinal));
        GeneratorDriver driver = GeneratorHarness.Driver(compilation).AddAdditionalTexts([.. texts]).RunGenerators(compilation);
        GeneratorRunResult second = Rerun(driver.ReplaceAdditionalText(changing, new InputFile(changing.Path, after, null)), compilation);
        IncrementalStepRunReason[] reasons = [.. second.TrackedSteps[TrackingNames.Generate].SelectMany(static step => step.Outputs).Select(static output => output.Reason).Order()];
        Assert.Equal(matters ? [IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached] : [IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached], reasons);
    }

    [Fact]
    public void An_old_compilation_can_be_collected()
    {
        (GeneratorDriver driver, WeakReference old) = RunTwice();
        for (int attempt = 0; attempt < 10 && old.IsAlive; attempt++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(old.IsAlive);
        GC.KeepAlive(driver);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static (GeneratorDriver Driver, WeakReference Old) RunTwice()
    {
        // A declaration with a warning, so that the diagnostics' way is walked too.
        (GeneratorDriver driver, CSharpCompilation first) = FirstRun(Declarations.TinyWith("HeadDim = 4"), Unrelated);
        CSharpCompilation second = Edit(first, file: 1, Unrelated.Replace("1;", "2;", StringComparison.Ordinal));
        CSharpCompilation third = Edit(second, file: 0, Declarations.TinyWith("HeadDim = 4, FeedForwardDim = 48"));
        driver = driver.RunGenerators(second).RunGenerators(third);
        return (driver, new WeakReference(first));
    }

    private static (GeneratorDriver Driver, CSharpCompilation Compilation) FirstRun(params string[] sources)
    {
        CSharpCompilation compilation = GeneratorHarness.Compile(sources);
        return (GeneratorHarness.Driver(compilation).RunGenerators(compilation), compilation);
    }

    private static GeneratorRunResult Rerun(GeneratorDriver driver, CSharpCompilation compilation) =>
        driver.RunGenerators(compilation).GetRunResult().Results.Single();

    private static CSharpCompilation Edit(CSharpCompilation compilation, int file, string text)
    {
        SyntaxTree old = compilation.SyntaxTrees[file];
        return compilation.ReplaceSyntaxTree(old, old.WithChangedText(SourceText.From(text)));
    }

    private static void AssertCached(GeneratorRunResult result)
    {
        AssertAll(result, TrackingNames.Spec, IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged);
        AssertAll(result, TrackingNames.Generate, IncrementalStepRunReason.Cached);
        AssertAll(result, TrackingNames.Findings, IncrementalStepRunReason.Cached);
        foreach (IncrementalGeneratorRunStep step in result.TrackedOutputSteps.SelectMany(static steps => steps.Value))
        {
            Assert.All(step.Outputs, static output => Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));
        }
    }

    private static void AssertAll(GeneratorRunResult result, string step, params IncrementalStepRunReason[] allowed)
    {
        (object Value, IncrementalStepRunReason Reason)[] outputs = [.. result.TrackedSteps[step].SelectMany(static run => run.Outputs)];
        Assert.NotEmpty(outputs);
        Assert.All(outputs, output => Assert.Contains(output.Reason, allowed));
    }
}
