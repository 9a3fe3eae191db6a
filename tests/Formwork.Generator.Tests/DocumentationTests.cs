using System.Text.RegularExpressions;
using Formwork.Generator.Tests.Harness;

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
        Assert.Equal(6, blocks.Length);
        string[] declarations = [.. blocks.Where(static block => block.Contains("[Transformer(", StringComparison.Ordinal))];
        Assert.Equal(2, declarations.Length);
        string declaration = declarations[0] + declarations[1].Replace("using Formwork;", string.Empty, StringComparison.Ordinal);
        string body = string.Join('\n', blocks.Except(declarations)).Replace("using Formwork.Text;", string.Empty, StringComparison.Ordinal);
        string tiny = Declarations.Tiny[Declarations.Tiny.IndexOf('[', StringComparison.Ordinal)..];
        string source = $"using System; using System.Linq; using Formwork.Text;\n{declaration}\n{tiny}\ninternal static class Usage {{ internal static void Run() {{ {body} }} }}";
        using CompiledModels models = new(source);
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

    /// <summary>Indentation depends on where a quotation stands; everything else must be equal.</summary>
    private static string Normalise(string code) => string.Join('\n', code.Trim().Split('\n').Select(static line => line.Trim()));

    [GeneratedRegex(@"```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();
}
