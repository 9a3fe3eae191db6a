using System.Text.RegularExpressions;
using Formwork.Generator.Tests.Harness;

namespace Formwork.Generator.Tests;

/// <summary>What the page about text says of a model's own tokeniser compiles.</summary>
public partial class TextDocumentationTests
{
    [Fact]
    public void The_examples_of_a_models_own_tokeniser_compile()
    {
        string page = File.ReadAllText(Path.Combine(RepositoryFolder.Get("docs"), "text.md"));
        string section = page[page.IndexOf("## A model's own tokeniser", StringComparison.Ordinal)..];
        string[] blocks = [.. CSharpBlock().Matches(section).Select(static match => match.Groups[1].Value)];
        Assert.Equal(2, blocks.Length);
        string tiny = Declarations.Tiny[Declarations.Tiny.IndexOf('[', StringComparison.Ordinal)..];
        string source = $"using System; using Formwork; using Formwork.Generation; using Formwork.Text;\n{tiny}\n{blocks[1]}\ninternal static class Usage {{ internal static void Run() {{ {blocks[0]} }} }}";
        using CompiledModels models = new(source);
    }

    [GeneratedRegex(@"```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();
}
