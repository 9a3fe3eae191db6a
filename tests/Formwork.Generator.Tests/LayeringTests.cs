using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Formwork.Generator.Tests;

/// <summary>Who may use whom, checked on every name in the source rather than on using directives alone.</summary>
public class LayeringTests
{
    private const string Root = "Formwork.Generator";

    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Model"] = [],
        ["Lowering"] = ["Model"],
        ["Emission"] = ["Lowering", "Model"],
        ["Manifests"] = ["Lowering", "Model"],
        ["Diagnostics"] = ["Model", "Microsoft.CodeAnalysis"],
        ["Parsing"] = ["Model", "Diagnostics", "Microsoft.CodeAnalysis"],
    };

    [Theory]
    [InlineData("Model")]
    [InlineData("Lowering")]
    [InlineData("Emission")]
    [InlineData("Manifests")]
    [InlineData("Diagnostics")]
    [InlineData("Parsing")]
    public void A_layer_uses_only_the_layers_below_it(string layer)
    {
        CSharpCompilation compilation = CompileGenerator();
        string[] violations = [.. Uses(compilation, layer).Where(use => use.Used != layer && !Allowed[layer].Contains(use.Used)).Select(static use => use.Where).Distinct()];
        Assert.True(violations.Length == 0, string.Join("\n", violations));
    }

    [Fact]
    public void The_test_sees_forbidden_uses()
    {
        const string Forbidden = "namespace Formwork.Generator.Model; internal static class Bad { public static object Use => Lowering.PlanLowering.StateHeaderFloats; }";
        CSharpCompilation compilation = CompileGenerator();
        CSharpParseOptions options = (CSharpParseOptions)compilation.SyntaxTrees[0].Options;
        compilation = compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText(Forbidden, options, "Bad.cs"));
        Assert.Contains(Uses(compilation, "Model"), static use => use.Used == "Lowering");
    }

    [Theory]
    [InlineData("Kernels", "Weights")]
    [InlineData("Kernels", "Generation")]
    [InlineData("Kernels", "Text")]
    [InlineData("Generation", "Text")]
    [InlineData("Generation", "Weights")]
    [InlineData("Text", "Kernels")]
    [InlineData("Text", "Weights")]
    [InlineData("Text", "Alignment")]
    [InlineData("Generation", "Alignment")]
    [InlineData("Kernels", "Alignment")]
    [InlineData("Alignment", "Kernels")]
    [InlineData("Alignment", "Generation")]
    [InlineData("Alignment", "Weights")]
    [InlineData("Alignment", "Interop")]
    [InlineData("Attributes", "Interop")]
    [InlineData("Generation", "Interop")]
    [InlineData("Kernels", "Interop")]
    [InlineData("State", "Interop")]
    [InlineData("Text", "Interop")]
    [InlineData("Threading", "Interop")]
    [InlineData("Weights", "Interop")]
    [InlineData("Attributes", "Pipeline")]
    [InlineData("Generation", "Pipeline")]
    [InlineData("Interop", "Pipeline")]
    [InlineData("Kernels", "Pipeline")]
    [InlineData("State", "Pipeline")]
    [InlineData("Text", "Pipeline")]
    [InlineData("Threading", "Pipeline")]
    [InlineData("Weights", "Pipeline")]
    [InlineData("Pipeline", "Interop")]
    [InlineData("Pipeline", "Kernels")]
    public void A_part_of_the_runtime_stays_apart(string part, string other)
    {
        foreach (string file in Directory.EnumerateFiles(RepositoryFolder.Get("runtime", "Formwork", part), "*.cs", SearchOption.AllDirectories))
        {
            IEnumerable<string> names = CSharpSyntaxTree.ParseText(File.ReadAllText(file)).GetRoot()
                .DescendantNodes(descendIntoTrivia: false)
                .OfType<NameSyntax>()
                .Select(static name => name.ToString());
            Assert.DoesNotContain(names, name => name == $"Formwork.{other}" || name.StartsWith($"Formwork.{other}.", StringComparison.Ordinal) || name.StartsWith($"{other}.", StringComparison.Ordinal));
        }
    }

    private static CSharpCompilation CompileGenerator()
    {
        string folder = RepositoryFolder.Get("generator", "Formwork.Generator");
        CSharpParseOptions options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview);
        const string Usings = "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Threading; global using System.Threading.Tasks;";
        IEnumerable<SyntaxTree> trees = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(static path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && !path.Contains("Polyfills", StringComparison.Ordinal))
            .Select(path => CSharpSyntaxTree.ParseText(File.ReadAllText(path), options, path))
            .Append(CSharpSyntaxTree.ParseText(Usings, options, "Usings.cs"));
        IEnumerable<MetadataReference> references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(static path => !Path.GetFileName(path).StartsWith("Formwork", StringComparison.Ordinal))
            .Select(static path => MetadataReference.CreateFromFile(path));
        return CSharpCompilation.Create("Layers", trees, references, new(OutputKind.DynamicallyLinkedLibrary));
    }

    /// <summary>Every layer, or Roslyn, that the code of a layer names.</summary>
    private static IEnumerable<(string Used, string Where)> Uses(CSharpCompilation compilation, string layer)
    {
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            SemanticModel model = compilation.GetSemanticModel(tree);
            foreach (SimpleNameSyntax name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
            {
                if (model.GetEnclosingSymbol(name.SpanStart)?.ContainingNamespace?.ToDisplayString() is not { } from || !IsIn(from, layer))
                {
                    continue;
                }

                ISymbol? symbol = model.GetSymbolInfo(name).Symbol;
                string? space = (symbol as INamedTypeSymbol ?? symbol?.ContainingType)?.ContainingNamespace.ToDisplayString();
                if (space?.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) == true)
                {
                    yield return ("Microsoft.CodeAnalysis", $"{tree.FilePath}: {name}");
                }
                else if (space?.StartsWith(Root + ".", StringComparison.Ordinal) == true)
                {
                    yield return (space[(Root.Length + 1)..].Split('.')[0], $"{tree.FilePath}: {name} of {space}");
                }
                else if (space == Root)
                {
                    yield return (Root, $"{tree.FilePath}: {name} of {space}");
                }
            }
        }
    }

    private static bool IsIn(string space, string layer) =>
        space == $"{Root}.{layer}" || space.StartsWith($"{Root}.{layer}.", StringComparison.Ordinal);
}
