using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace Formwork.Generator.Tests.Harness;

/// <summary>Declarations generated, compiled and loaded into a context of their own that can be unloaded.</summary>
internal sealed class CompiledModels : IDisposable
{
    private readonly AssemblyLoadContext _context = new("models", isCollectible: true);
    private readonly Assembly _assembly;

    /// <summary>Compiles source; errors and warnings of generated code fail the test.</summary>
    public CompiledModels(string source, bool allowUnsafe = false, params IEnumerable<ResourceDescription> resources)
    {
        CSharpCompilation compilation = GeneratorHarness.Compile(LanguageVersion.CSharp13, allowUnsafe, source);
        GeneratorRunResult run = GeneratorHarness.Run(compilation, out Compilation output, out ImmutableArray<Diagnostic> reported);
        Assert.DoesNotContain(reported, static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.Equal(source.Split("Transformer(").Skip(1).Sum(Files), run.GeneratedSources.Length);
        using var stream = new MemoryStream();
        EmitResult result = output.Emit(stream, manifestResources: resources);
        Diagnostic[] problems = [.. result.Diagnostics.Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && !IsMissingDocumentationOfTestSource(diagnostic))];
        Assert.True(problems.Length == 0, string.Join("\n", problems.Take(10).Select(static problem => problem.ToString())));
        stream.Position = 0;
        _context.Resolving += static (_, name) => name.Name == typeof(TransformerAttribute).Assembly.GetName().Name ? typeof(TransformerAttribute).Assembly : null;
        _assembly = _context.LoadFromStream(stream);
    }

    /// <summary>A static method of a type, as a delegate.</summary>
    public T Method<T>(string type, string method)
        where T : Delegate => _assembly.GetType(type, throwOnError: true)!.GetMethod(method, BindingFlags.Static | BindingFlags.Public)!.CreateDelegate<T>();

    /// <summary>A type.</summary>
    public Type Type(string name) => _assembly.GetType(name, throwOnError: true)!;

    /// <summary>A constant of a type.</summary>
    public object? Constant(string type, string name) => _assembly.GetType(type, throwOnError: true)!.GetField(name)!.GetRawConstantValue();

    public void Dispose() => _context.Unload();

    /// <summary>Six files a model, one more where it decodes in other ways than greedily, one where it has searches, one where it has a batch, and two where C calls it.</summary>
    private static int Files(string declaration) => 6
        + (declaration.Contains("Decoding = DecodingFeatures.None", StringComparison.Ordinal) ? 0 : 1)
        + (!declaration.Contains("Decoding = ", StringComparison.Ordinal) || declaration.Contains("DecodingFeatures.Search", StringComparison.Ordinal) ? 1 : 0)
        + (Regex.IsMatch(declaration.Split(")]")[0], "Max(Batch|Beams) = (?!1\\b)") ? 1 : 0)
        + (declaration.Contains("CExport = ", StringComparison.Ordinal) ? 2 : 0);

    private static bool IsMissingDocumentationOfTestSource(Diagnostic diagnostic) =>
        diagnostic.Id == "CS1591" && diagnostic.Location.SourceTree?.FilePath.StartsWith("File", StringComparison.Ordinal) == true;
}
