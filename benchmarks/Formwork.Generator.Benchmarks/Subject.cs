using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Formwork.Generator.Benchmarks;

/// <summary>A project of two files: a declaration of twelve and twelve layers, the largest of the usual sizes, and one that has nothing to do with it.</summary>
internal static class Subject
{
    /// <summary>The file without a declaration.</summary>
    public const string Unrelated = "namespace Other; public class Unrelated { public int Value => 0; }";

    private const string Declaration =
        """
        using Formwork;

        [Transformer(Family.Marian, ModelDim = 512, Heads = 8, EncoderLayers = 12, DecoderLayers = 12, FeedForwardDim = 2048,
            VocabSize = 59514, SourceLength = 128, TargetLength = 128)]
        public sealed partial class Translator;
        """;

    /// <summary>The compilation; the second of its files is <see cref="Unrelated"/>.</summary>
    public static CSharpCompilation Compile() => CSharpCompilation.Create(
        "Measured",
        [Parse(Declaration), Parse(Unrelated)],
        [MetadataReference.CreateFromFile(typeof(object).Assembly.Location), MetadataReference.CreateFromFile(typeof(TransformerAttribute).Assembly.Location), .. Facades()],
        new(OutputKind.DynamicallyLinkedLibrary));

    /// <summary>A driver that has not run.</summary>
    public static GeneratorDriver Driver() =>
        CSharpGeneratorDriver.Create([new TransformerGenerator().AsSourceGenerator()], parseOptions: CSharpParseOptions.Default);

    /// <summary>Parses a file.</summary>
    public static SyntaxTree Parse(string text) => CSharpSyntaxTree.ParseText(text, CSharpParseOptions.Default);

    private static IEnumerable<MetadataReference> Facades() => ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .Where(static path => Path.GetFileName(path) is "System.Runtime.dll" or "netstandard.dll")
        .Select(static path => MetadataReference.CreateFromFile(path));
}
