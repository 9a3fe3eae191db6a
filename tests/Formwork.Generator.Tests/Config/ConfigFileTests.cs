using System.Collections.Immutable;
using System.Text;
using Formwork.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Formwork.Generator.Tests.Config;

/// <summary>Finding, reading and re-reading the file that a declaration names.</summary>
public class ConfigFileTests
{
    private static string Json => ConfigFiles.Marian.ToJsonString(new() { WriteIndented = true });

    [Fact]
    public void A_file_that_is_no_additional_file_is_asked_for_with_the_line_to_write()
    {
        Diagnostic diagnostic = Assert.Single(GeneratorHarness.Diagnose(ConfigFiles.Declare(name: "opus/config.json"), inputs: ConfigFiles.Inputs(Json)));
        Assert.Equal("FW0201", diagnostic.Id);
        Assert.Contains("add '<AdditionalFiles Include=\"opus/config.json\" />'", diagnostic.GetMessage(null), StringComparison.Ordinal);
        Assert.Equal("\"opus/config.json\"", diagnostic.Location.SourceTree!.ToString().Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length));
    }

    [Theory]
    [InlineData("/models/config.json", "config.json")]
    [InlineData("/models/opus/config.json", "opus/config.json")]
    [InlineData("C:\\models\\opus\\config.json", "opus/config.json")]
    [InlineData("config.json", "./config.json")]
    public void A_file_is_found_by_the_end_of_its_path(string path, string name) =>
        Assert.Empty(GeneratorHarness.Diagnose(ConfigFiles.Declare(name: name), inputs: ConfigFiles.Inputs(Json, path)));

    [Theory]
    [InlineData("/models/myconfig.json")]
    [InlineData("/models/config.json/other")]
    [InlineData("/models/Config.json")]
    public void A_file_that_only_looks_like_it_is_not(string path) =>
        Assert.Equal("FW0201", Assert.Single(GeneratorHarness.Diagnose(ConfigFiles.Declare(), inputs: ConfigFiles.Inputs(Json, path))).Id);

    [Fact]
    public void Of_two_files_the_one_beside_the_declaration_is_meant_and_otherwise_neither()
    {
        BuildInputs inputs = ConfigFiles.Inputs(Json, "/a/config.json").WithFile("/b/config.json", Json);
        Diagnostic diagnostic = Assert.Single(GeneratorHarness.Diagnose(ConfigFiles.Declare(), inputs: inputs));
        Assert.Contains("2 of the project's AdditionalFiles end so", diagnostic.GetMessage(null), StringComparison.Ordinal);

        CSharpCompilation compilation = GeneratorHarness.Compile(ConfigFiles.Declare());
        SyntaxTree tree = compilation.SyntaxTrees[0];
        compilation = compilation.ReplaceSyntaxTree(tree, tree.WithFilePath("/b/Model.cs"));
        GeneratorHarness.Run(compilation, out _, out ImmutableArray<Diagnostic> diagnostics, inputs);
        Assert.Empty(diagnostics);
    }

    [Theory]
    [InlineData("", 1, "the text ends too early")]
    [InlineData("[]", 1, "a JSON object was expected")]
    [InlineData("{\n  \"a\": 1,\n}", 3, "a name in quotes was expected")]
    [InlineData("{\n  \"a\": 1\n  \"b\": 2\n}", 3, "',' was expected")]
    [InlineData("{\"a\": 1, \"a\": 2}", 1, "\"a\" stands there twice")]
    [InlineData("{\"a\": 01}", 1, "',' was expected")]
    [InlineData("{\"a\": 1.}", 1, "a digit was expected")]
    [InlineData("{\"a\": \"\\x\"}", 1, "an escape that JSON does not have")]
    [InlineData("{\"a\": \"open", 1, "a string does not end")]
    [InlineData("{\"a\": NaN}", 1, "a value was expected")]
    [InlineData("{} {}", 1, "there is more after the end of the value")]
    [InlineData("version https://git-lfs.github.com/spec/v1", 1, "a value was expected")]
    public void A_file_that_is_no_json_is_refused_at_its_line(string text, int line, string message)
    {
        Diagnostic diagnostic = Assert.Single(ConfigFiles.Diagnose(text));
        Assert.Equal("FW0202", diagnostic.Id);
        Assert.Contains($"'config.json' cannot be read, line {line}: {message}", diagnostic.GetMessage(null), StringComparison.Ordinal);
        Assert.Equal(line - 1, diagnostic.Location.GetLineSpan().StartLinePosition.Line);
    }

    [Fact]
    public void A_depth_bomb_is_refused() => Assert.Equal("FW0202", Assert.Single(ConfigFiles.Diagnose(new string('[', 100_000))).Id);

    [Fact]
    public void A_byte_order_mark_is_passed_over() => Assert.Empty(ConfigFiles.Diagnose("\uFEFF" + Json));

    [Fact]
    public void No_text_makes_the_generator_fail()
    {
        // Every beginning of a real file, then random damage: errors are reported, never thrown.
        string json = ConfigFiles.Marian.ToJsonString();
        for (int length = 0; length < json.Length; length++)
        {
            AssertHandled(json[..length]);
        }

        var random = new Random(5);
        for (int round = 0; round < 2_000; round++)
        {
            var damaged = new StringBuilder(json);
            for (int edits = random.Next(1, 4); edits > 0; edits--)
            {
                damaged[random.Next(damaged.Length)] = "{}[]\",:0-9.eE\\u\0\n tfn"[random.Next(21)];
            }

            AssertHandled(damaged.ToString());
        }

        static void AssertHandled(string text) => Assert.DoesNotContain(ConfigFiles.Diagnose(text), static diagnostic => diagnostic.Id == "FW0900");
    }

    [Fact]
    public void A_change_of_the_file_runs_everything_and_a_change_of_another_nothing()
    {
        CSharpCompilation compilation = GeneratorHarness.Compile(ConfigFiles.Declare());
        InputFile config = new("/models/config.json", Json, null);
        GeneratorDriver driver = GeneratorHarness.Driver(compilation).AddAdditionalTexts([config, new Unread("/other/data.json")]).RunGenerators(compilation);
        Assert.Empty(driver.GetRunResult().Diagnostics);

        GeneratorDriver other = driver.ReplaceAdditionalText(config, new InputFile("/models/config.json", Json, null)).RunGenerators(compilation);
        AssertReasons(other, IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged);

        InputFile changed = new("/models/config.json", Json.Replace("\"relu\"", "\"gelu\"", StringComparison.Ordinal), null);
        AssertReasons(driver.ReplaceAdditionalText(config, changed).RunGenerators(compilation), IncrementalStepRunReason.Modified);
    }

    private static void AssertReasons(GeneratorDriver driver, params IncrementalStepRunReason[] allowed)
    {
        GeneratorRunResult result = driver.GetRunResult().Results.Single();
        foreach (string step in new[] { TrackingNames.Spec, TrackingNames.Generate })
        {
            (object Value, IncrementalStepRunReason Reason)[] outputs = [.. result.TrackedSteps[step].SelectMany(static run => run.Outputs)];
            Assert.NotEmpty(outputs);
            Assert.All(outputs, output => Assert.Contains(output.Reason, allowed));
        }
    }

    /// <summary>A file that no declaration names: reading it would be work for nothing.</summary>
    private sealed class Unread(string path) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => throw new InvalidOperationException("A file that nothing names was read.");
    }
}
