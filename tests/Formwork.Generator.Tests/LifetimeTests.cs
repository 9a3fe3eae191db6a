using Formwork.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Formwork.Generator.Tests;

/// <summary>
/// Weights are native memory that a finaliser frees, and a span does not keep their owner alive: a public method that computes must.
/// A premature collection hits a window of microseconds, so this looks at the text rather than waiting for one.
/// </summary>
public class LifetimeTests
{
    public static TheoryData<string> Sources => new(Declarations.Tiny, Declarations.Bart, Declarations.Marian, Declarations.OpenNmt);

    [Theory]
    [MemberData(nameof(Sources))]
    public void Every_public_method_that_reads_weights_ends_by_keeping_the_model_alive(string source)
    {
        MethodDeclarationSyntax[] methods = [.. GeneratorHarness.Generate(source).Values
            .SelectMany(static text => CSharpSyntaxTree.ParseText(text).GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>())
            .Where(static method => method.Modifiers.Any(SyntaxKind.PublicKeyword) && method.Body is { } body && ReadsWeights(body))];
        Assert.Equal(["DecodeStep", "Encode", "PrecomputeCrossCache"], methods.Select(static method => method.Identifier.ValueText).Order(StringComparer.Ordinal));
        Assert.All(methods, static method => Assert.Equal("global::System.GC.KeepAlive(this);", method.Body!.Statements[^1].ToString()));
    }

    /// <summary>Kernels read weights; log-softmax and arg-max read logits, which the state holds.</summary>
    private static bool ReadsWeights(BlockSyntax body) => new[] { "kernels::Linear", "kernels::Embedding", "kernels::LayerNorm" }
        .Any(kernel => body.ToString().Contains(kernel, StringComparison.Ordinal));
}
