using Formwork.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Formwork.Generator.Tests;

/// <summary>
/// Weights are native memory that a finaliser or another thread's Dispose frees, and a span does not keep their owner alive: a public method that
/// computes must. A premature end hits a window of microseconds, so this looks at the text rather than waiting for one.
/// </summary>
public class LifetimeTests
{
    public static TheoryData<string> Sources => new(
        Declarations.Tiny, Declarations.Bart, Declarations.Marian, Declarations.OpenNmt, Declarations.TinyWith("MaxBatch = 2, MaxBeams = 2"), Declarations.TinyWith("StackOnly = true"));

    [Theory]
    [MemberData(nameof(Sources))]
    public void Every_public_method_that_computes_has_the_model_and_its_memory_in_use(string source)
    {
        MethodDeclarationSyntax[] methods = [.. GeneratorHarness.Generate(source).Values
            .SelectMany(static text => CSharpSyntaxTree.ParseText(text).GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>())
            .Where(static method => method.Modifiers.Any(SyntaxKind.PublicKeyword) && !IsInsideDecoder(method) && method.Body is { } body && Computes(body))];
        Assert.Superset(
            new HashSet<string>(["DecodeStep", "Encode", "PrecomputeCrossCache", "Generate", "Score", "Stream", "MoveNext", "Alternatives"]),
            methods.Select(static method => method.Identifier.ValueText).ToHashSet());
        Assert.All(methods, static method => Assert.Contains(".Use(", method.Body!.Statements.OfType<LocalDeclarationStatementSyntax>().First(static local => !local.UsingKeyword.IsKind(SyntaxKind.None)).ToString(), StringComparison.Ordinal));
    }

    /// <summary>Methods of the adapters that searches step are called by methods that have everything in use.</summary>
    private static bool IsInsideDecoder(MethodDeclarationSyntax method) =>
        method.Parent is StructDeclarationSyntax { Identifier.ValueText: "StateDecoder" or "BatchDecoder" };

    private static bool Computes(BlockSyntax body) => new[] { "Core(", "StateDecoder decoder", "BatchDecoder decoder", "kernels::Linear", "kernels::Embedding", "kernels::LayerNorm" }
        .Any(call => body.ToString().Contains(call, StringComparison.Ordinal));
}
