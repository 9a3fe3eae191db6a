using System.Xml.Linq;
using Formwork.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Formwork.Generator.Tests;

/// <summary>The compiler hands a generator only those properties and metadata that the package's build files name; what is forgotten there reads as unset.</summary>
public class BuildOptionTests
{
    private const string Property = "build_property.";

    [Fact]
    public void What_the_generator_asks_of_a_build_is_exactly_what_is_made_visible_to_it()
    {
        string[] asked = [.. Asked(null).Union(Asked("true")).Where(static key => key.Contains("Formwork", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        Assert.Equal(Visible().Order(StringComparer.Ordinal), asked);
    }

    [Fact]
    public void Nothing_is_made_visible_that_is_not_documented()
    {
        string repository = Path.GetDirectoryName(RepositoryFolder.Get("docs"))!;
        string texts = string.Concat(
            Directory.EnumerateFiles(Path.Combine(repository, "docs"), "*.md", SearchOption.AllDirectories)
                .Concat(Directory.EnumerateFiles(Path.Combine(repository, "runtime", "Formwork", "Attributes"), "*.cs"))
                .Select(File.ReadAllText));
        Assert.NotEmpty(Visible());
        Assert.All(Visible(), key => Assert.Contains(key[(key.LastIndexOf('.') + 1)..], texts, StringComparison.Ordinal));
    }

    /// <summary>The keys that the package's build files make visible.</summary>
    private static IEnumerable<string> Visible()
    {
        XElement[] items = [.. Directory.EnumerateFiles(RepositoryFolder.Get("runtime", "Formwork", "buildTransitive")).SelectMany(static path => XDocument.Load(path).Descendants())];
        return items
            .Where(static item => item.Name.LocalName == "CompilerVisibleProperty")
            .SelectMany(static item => item.Attribute("Include")!.Value.Split(';'))
            .Select(static name => Property + name)
            .Concat(items
                .Where(static item => item.Name.LocalName == "CompilerVisibleItemMetadata")
                .Select(static item => $"build_metadata.{item.Attribute("Include")!.Value}.{item.Attribute("MetadataName")!.Value}"));
    }

    private static HashSet<string> Asked(string? answer)
    {
        RecordingOptions options = new(answer);
        CSharpCompilation compilation = GeneratorHarness.Compile(Declarations.Tiny, Declarations.Bart);
        CSharpGeneratorDriver.Create(
            [new TransformerGenerator().AsSourceGenerator()],
            [new TextFile("config.json", "{}"), new TextFile("model.manifest.json", "{}"), new TextFile("notes.txt", "notes")],
            (CSharpParseOptions)compilation.SyntaxTrees[0].Options,
            options).RunGenerators(compilation);
        return options.Asked;
    }
}
