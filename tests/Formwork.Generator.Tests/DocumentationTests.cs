using System.Text.RegularExpressions;
using Formwork.Generator.Tests.Config;
using Formwork.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Formwork.Generator.Tests;

/// <summary>What the documents quote of generated code is what the generator prints.</summary>
public partial class DocumentationTests
{
    private static readonly string Repository = Path.GetDirectoryName(RepositoryFolder.Get("docs"))!;

    [Theory]
    [InlineData("README.md", 1)]
    [InlineData("docs/generated-code.md", 6)]
    public void Excerpts_of_generated_code_stand_in_a_snapshot(string document, int atLeast)
    {
        string[] snapshots = [.. Directory.EnumerateFiles(Snapshot.Folder, "*.verified.cs").Select(static path => Normalise(File.ReadAllText(path)))];
        string text = File.ReadAllText(Path.Combine(Repository, document));
        string[] excerpts = [.. CSharpBlock().Matches(text).Select(static match => match.Groups[1].Value).Where(static code => code.Contains("::", StringComparison.Ordinal))];
        Assert.True(excerpts.Length >= atLeast, $"{document} quotes {excerpts.Length} pieces.");
        foreach (string excerpt in excerpts)
        {
            Assert.True(snapshots.Any(snapshot => snapshot.Contains(Normalise(excerpt), StringComparison.Ordinal)), $"{document} quotes what no snapshot holds:\n{excerpt}");
        }
    }

    [Fact]
    public void The_readmes_usage_compiles()
    {
        string readme = File.ReadAllText(Path.Combine(Repository, "README.md"));
        string[] blocks = [.. CSharpBlock().Matches(readme).Select(static match => match.Groups[1].Value).Where(static code => !code.Contains("kernels::", StringComparison.Ordinal))];
        Assert.Equal(9, blocks.Length);
        string[] declarations = [.. blocks.Where(static block => block.Contains("[Transformer(", StringComparison.Ordinal))];
        Assert.Equal(3, declarations.Length);
        string code = WithoutUsings(string.Concat(declarations));
        string body = WithoutUsings(string.Join('\n', blocks.Except(declarations)));
        string tiny = Declarations.Tiny[Declarations.Tiny.IndexOf('[', StringComparison.Ordinal)..];
        string source = $"using System; using System.Linq; using Formwork; using Formwork.Generation; using Formwork.Pipeline; using Formwork.Text;\n{code}\n{tiny}\ninternal static class Usage {{ internal static void Run() {{ {body} }} }}";
        BuildInputs inputs = ConfigFiles.Inputs(ConfigFiles.Of("marian").ToJsonString(), "/models/opus-mt-en-fr/config.json");
        GeneratorHarness.Run(GeneratorHarness.Compile(LanguageVersion.CSharp13, allowUnsafe: false, source), out Compilation output, out _, inputs);
        Assert.Empty(output.GetDiagnostics().Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
    }

    [Fact]
    public void The_examples_of_decoding_compile()
    {
        string[] blocks = [.. CSharpBlock().Matches(File.ReadAllText(Path.Combine(Repository, "docs", "decoding.md"))).Select(static match => match.Groups[1].Value)];
        Assert.Equal(7, blocks.Length);
        Assert.Contains("[Transformer(", blocks[0], StringComparison.Ordinal);
        string body = string.Join('\n', blocks.Skip(1));
        string declaration = blocks[0].Replace("using Formwork;", string.Empty, StringComparison.Ordinal);
        string source = $"using System; using Formwork; using Formwork.Generation; using Formwork.Text;\n{declaration}\ninternal static class Usage {{ internal static void Run(int[] source, SentencePieceModel pieces) {{ {body} }} }}";
        using CompiledModels models = new(source);
    }

    [Fact]
    public void The_examples_of_text_in_and_text_out_compile()
    {
        string[] blocks = [.. CSharpBlock().Matches(File.ReadAllText(Path.Combine(Repository, "docs", "pipeline.md"))).Select(static match => match.Groups[1].Value)];
        Assert.Equal(7, blocks.Length);
        Assert.Contains("[Transformer(", blocks[0], StringComparison.Ordinal);
        Assert.Contains(": ITokenizer", blocks[4], StringComparison.Ordinal);
        string body = string.Join('\n', blocks.Where(static (_, index) => index is not (0 or 4)));
        string source = $"using System; using System.Collections.Generic; using System.Linq; using System.Threading;\n{blocks[0]}\n{blocks[4]}\ninternal static class Usage {{ internal static void Run() {{ {body} }} }}";
        using CompiledModels models = new(source);
    }

    [Fact]
    public void The_examples_for_small_devices_compile_within_their_budgets_and_its_table_holds_their_constants()
    {
        string document = File.ReadAllText(Path.Combine(Repository, "docs", "embedded.md"));
        string[] blocks = [.. CSharpBlock().Matches(document).Select(static match => match.Groups[1].Value)];
        string[] declarations = [.. blocks.Where(static block => block.Contains("[Transformer(", StringComparison.Ordinal))];
        Assert.Equal((2, 4), (declarations.Length, blocks.Length));
        string body = string.Join('\n', blocks.Except(declarations));
        string measured = File.ReadAllText(Path.Combine(Repository, "tests", "Formwork.Golden.Tests", "Models.cs"));
        string transliteration = Regex.Match(measured, @"#pragma warning disable FW0104\s+\[Transformer\((?:(?!\[Transformer).)*class StackTransliteration;", RegexOptions.Singleline).Value;
        string source = $"using System; using System.Threading; {string.Concat(declarations)}\n{transliteration}\ninternal static class Usage {{ internal static void Run() {{ {body} }} }}";
        using CompiledModels models = new(source);
        foreach ((string row, string type) in new[] { ("| transliteration,", "StackTransliteration"), ("| grapheme to phoneme,", "StackPhonemes") })
        {
            string expected = string.Create(System.Globalization.CultureInfo.InvariantCulture, $" | {models.Constant(type, "StateBytes"):#,0} | {models.Constant(type, "StackBytes"):#,0} | ");
            string line = document.Split('\n').Single(line => line.StartsWith(row, StringComparison.Ordinal));
            Assert.True(line.Contains(expected, StringComparison.Ordinal), $"'{line}' lacks '{expected}'");
        }

        string declared = measured[measured.IndexOf("class StackGraphemeToPhoneme", StringComparison.Ordinal)..];
        Assert.Contains("StackOnly = true, StackBudget = 160 * 1024", measured[..^declared.Length].Split("[Transformer(").Last(), StringComparison.Ordinal);
    }

    private static string WithoutUsings(string code) => Regex.Replace(code, @"^using Formwork[A-Za-z.]*;\n", string.Empty, RegexOptions.Multiline);

    /// <summary>Indentation depends on where a quotation stands; everything else must be equal.</summary>
    private static string Normalise(string code) => string.Join('\n', code.Trim().Split('\n').Select(static line => line.Trim()));

    [GeneratedRegex(@"```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();
}
