using System.Collections.Immutable;
using System.Reflection;
using Formwork.Generator;
using Formwork.Tool.Terminal;
using Formwork.Weights;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;

namespace Formwork.Tool.Declarations;

/// <summary>Runs the generator over a declaration and compiles what it writes, without a project, a build or a file.</summary>
internal sealed class ModelCompiler(ToolContext context)
{
    // What a project has without asking, and this library's namespace: a project may import it in another file.
    private const string Imports =
        """
        global using Formwork;
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly Lazy<ImmutableArray<MetadataReference>> References = new(FindReferences);

    /// <summary>How declarations are read: as the newest compiler would, on the newest framework.</summary>
    public static CSharpParseOptions Language { get; } = CSharpParseOptions.Default
        .WithLanguageVersion(LanguageVersion.Preview)
        .WithPreprocessorSymbols("NET", "NET10_0", "NET9_0_OR_GREATER", "NET10_0_OR_GREATER", "NET8_0_OR_GREATER", "RELEASE", "TRACE");

    /// <summary>Runs the generator.</summary>
    /// <param name="request">The model.</param>
    /// <param name="options">What a build would hand to the generator.</param>
    /// <exception cref="ToolException">The declaration has errors, which are shown as the compiler shows them.</exception>
    public GeneratedModel Generate(DeclarationRequest request, IReadOnlyDictionary<string, string> options)
    {
        IReadOnlyList<AdditionalText> additional = AdditionalFiles.Gather(request.File, request.Model, request.AdditionalPaths);
        GeneratedModel generated = ProgressBar.Wait(context, "generating the model", () => RunGenerator(Declare(request), additional, options));
        Show(request, generated.Reported);
        if (generated.Files.IsEmpty)
        {
            // Where the attribute does not bind, the compiler knows why and the generator never saw it.
            Show(request, generated.Declared.GetDiagnostics(context.Cancellation));
            throw ToolException.Problem($"no model was generated for {request.Model.FullName}: its attribute is not Formwork's [Transformer]");
        }

        return generated;
    }

    /// <summary>Generates a model and compiles it.</summary>
    /// <exception cref="ToolException">The declaration has errors, which are shown as the compiler shows them.</exception>
    public CompiledModel Compile(DeclarationRequest request)
    {
        GeneratedModel generated = Generate(request, ImmutableDictionary<string, string>.Empty);
        using var stream = new MemoryStream();
        EmitResult result = ProgressBar.Wait(context, "compiling the model", () => generated.Output.Emit(stream, cancellationToken: context.Cancellation));
        Show(request, result.Diagnostics.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        stream.Position = 0;
        return CompiledModel.Load(stream, request.Model.MetadataName);
    }

    private GeneratedModel RunGenerator(CSharpCompilation declared, IEnumerable<AdditionalText> additional, IReadOnlyDictionary<string, string> options)
    {
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new TransformerGenerator().AsSourceGenerator()], additional, Language, new GeneratorOptions(options));
        driver = driver.RunGeneratorsAndUpdateCompilation(declared, out Compilation output, out ImmutableArray<Diagnostic> reported, context.Cancellation);
        return new(declared, output, driver.GetRunResult().Results.Single().GeneratedSources, reported);
    }

    private CSharpCompilation Declare(DeclarationRequest request)
    {
        CSharpCompilationOptions options = new(
            OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable, optimizationLevel: OptimizationLevel.Release);
        SyntaxTree tree = Parse(SourceReduction.Apply(request.File, request.Model), request.File.Path);
        CSharpCompilation compilation = CSharpCompilation.Create("Declared", [tree, Parse(Imports, "")], References.Value, options);

        // Namespaces of other packages, and of other files of the project.
        SyntaxNode root = tree.GetRoot(context.Cancellation);
        SemanticModel model = compilation.GetSemanticModel(tree);
        SyntaxNode[] unknown = [.. root.DescendantNodes().OfType<UsingDirectiveSyntax>().Where(directive => model.GetSymbolInfo(directive.NamespaceOrType, context.Cancellation).Symbol is null)];
        return unknown.Length == 0 ? compilation : compilation.ReplaceSyntaxTree(tree, Parse(SourceReduction.Without(root, unknown), request.File.Path));
    }

    /// <summary>Shows warnings and errors, and gives up where there is one of these.</summary>
    private void Show(DeclarationRequest request, IEnumerable<Diagnostic> diagnostics)
    {
        // What is wrong with both stacks of a model is reported for each.
        Diagnostic[] shown =
        [
            .. diagnostics
                .Where(static diagnostic => diagnostic is { IsSuppressed: false, Severity: >= DiagnosticSeverity.Warning })
                .DistinctBy(static diagnostic => diagnostic.ToString()),
        ];
        foreach (Diagnostic diagnostic in shown)
        {
            context.Error.WriteLine(diagnostic.ToString());
        }

        int errors = shown.Count(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

        if (errors > 0)
        {
            throw ToolException.Problem(
                $"the declaration of {request.Model.FullName} in {WeightProblem.Quote(request.File.Path)} has {Numbers.Plural(errors, "error", "errors")}; correct what is listed above");
        }
    }

    private static SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText(text, Language, path);

    /// <summary>The assemblies that this program runs on, and the runtime library of the models.</summary>
    private static ImmutableArray<MetadataReference> FindReferences() =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(static path => IsOfPlatform(Path.GetFileName(path)))
            .Append(Location(typeof(TransformerAttribute).Assembly))
            .Distinct()
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    private static bool IsOfPlatform(string file) =>
        (file.StartsWith("System.", StringComparison.Ordinal) && !file.StartsWith("System.CommandLine", StringComparison.Ordinal)) || file is "netstandard.dll" or "mscorlib.dll";

    private static string Location(Assembly assembly) => Path.Combine(AppContext.BaseDirectory, assembly.GetName().Name + ".dll");
}
