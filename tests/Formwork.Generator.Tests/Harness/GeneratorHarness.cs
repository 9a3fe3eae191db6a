using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Formwork.Generator.Tests.Harness;

/// <summary>Runs the generator over source text, as the compiler would.</summary>
internal static class GeneratorHarness
{
    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(static path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(path) is "netstandard.dll")
            .Append(typeof(TransformerAttribute).Assembly.Location)
            .Distinct()
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>Compiles source files named File0.cs, File1.cs …</summary>
    public static CSharpCompilation Compile(params string[] sources) => Compile(LanguageVersion.Preview, allowUnsafe: false, sources);

    public static CSharpCompilation Compile(LanguageVersion version, bool allowUnsafe, params string[] sources)
    {
        // Documentation is checked as in a project that writes it to a file.
        CSharpParseOptions parse = CSharpParseOptions.Default.WithLanguageVersion(version).WithDocumentationMode(DocumentationMode.Diagnose);
        CSharpCompilationOptions options = new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: allowUnsafe, nullableContextOptions: NullableContextOptions.Enable, optimizationLevel: OptimizationLevel.Release);
        IEnumerable<SyntaxTree> trees = sources.Select((source, index) => CSharpSyntaxTree.ParseText(source, parse, path: $"File{index}.cs"));
        return CSharpCompilation.Create("Tested", trees, References, options);
    }

    /// <summary>A driver that remembers what each step did.</summary>
    public static GeneratorDriver Driver(CSharpCompilation compilation, BuildInputs? inputs = null) => CSharpGeneratorDriver.Create(
        [new TransformerGenerator().AsSourceGenerator()],
        additionalTexts: (inputs ?? BuildInputs.None).Files,
        parseOptions: (CSharpParseOptions)compilation.SyntaxTrees[0].Options,
        optionsProvider: (inputs ?? BuildInputs.None).Options,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>Runs the generator and returns what it did.</summary>
    public static GeneratorRunResult Run(CSharpCompilation compilation, out Compilation output, out ImmutableArray<Diagnostic> diagnostics, BuildInputs? inputs = null)
    {
        GeneratorDriver driver = Driver(compilation, inputs).RunGeneratorsAndUpdateCompilation(compilation, out output, out diagnostics);
        return driver.GetRunResult().Results.Single();
    }

    /// <summary>The generated files of a source, by hint name.</summary>
    public static SortedDictionary<string, string> Generate(string source, BuildInputs? inputs = null)
    {
        GeneratorRunResult result = Run(Compile(source), out _, out ImmutableArray<Diagnostic> diagnostics, inputs);
        Assert.DoesNotContain(diagnostics, static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        return new(result.GeneratedSources.ToDictionary(static file => file.HintName, static file => file.SourceText.ToString()), StringComparer.Ordinal);
    }

    /// <summary>The generator's diagnostics for a source, those that a pragma suppresses left out.</summary>
    public static Diagnostic[] Diagnose(string source, LanguageVersion version = LanguageVersion.Preview, BuildInputs? inputs = null)
    {
        Run(Compile(version, allowUnsafe: false, source), out _, out ImmutableArray<Diagnostic> diagnostics, inputs);
        return [.. diagnostics.Where(static diagnostic => !diagnostic.IsSuppressed)];
    }
}
