using System.Text;
using Formwork.Generator.Diagnostics;
using Formwork.Generator.Emission;
using Formwork.Generator.Lowering;
using Formwork.Generator.Model;
using Formwork.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Formwork.Generator;

/// <summary>Generates a whole encoder–decoder model for every class marked with <c>[Transformer]</c>.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class TransformerGenerator : IIncrementalGenerator
{
    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<ParseResult> parsed = context.SyntaxProvider
            .ForAttributeWithMetadataName(TransformerParser.AttributeName, static (node, _) => node is TypeDeclarationSyntax, Parse)
            .WithTrackingName(TrackingNames.Parse);

        // The specification holds no location, so an edit that only moves the declaration ends here.
        IncrementalValuesProvider<LoweringOutcome> plans = parsed
            .Where(static result => result.Spec is not null)
            .Select(static (result, _) => result.Spec!)
            .WithTrackingName(TrackingNames.Spec)
            .Select(static (spec, _) => Lower(spec))
            .WithTrackingName(TrackingNames.Plan);
        context.RegisterSourceOutput(plans, static (output, outcome) => AddSources(output, outcome));

        // Diagnostics travel apart from the source: they need the compilation's own trees, so that #pragma applies to them.
        IncrementalValuesProvider<DiagnosticInfo> diagnostics = parsed.SelectMany(static (result, _) => Diagnose(result));
        context.RegisterSourceOutput(
            diagnostics.Combine(context.CompilationProvider),
            static (output, pair) => output.ReportDiagnostic(pair.Left.ToDiagnostic(pair.Right)));
    }

    private static ParseResult Parse(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        try
        {
            return TransformerParser.Parse(context, cancellation);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LocationInfo? location = LocationInfo.From(context.TargetNode.GetLocation());
            return new(context.TargetSymbol.Name, null, new([Failure(context.TargetSymbol.Name, exception) with { Location = location }]), location);
        }
    }

    private static LoweringOutcome Lower(TransformerSpec spec)
    {
        try
        {
            return new(PlanLowering.Lower(spec).Plan, spec.Type.Name, null);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new(null, spec.Type.Name, Failure(spec.Type.Name, exception));
        }
    }

    private static void AddSources(SourceProductionContext output, LoweringOutcome outcome)
    {
        DiagnosticInfo? failure = outcome.Failure;
        try
        {
            // All files are printed before the first is added: a failure leaves no partial model behind.
            foreach (GeneratedFile file in outcome.Plan is { } plan ? PlanEmission.Emit(plan).ToArray() : [])
            {
                output.AddSource(file.HintName, SourceText.From(file.Text, Utf8));
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            failure = Failure(outcome.TypeName, exception);
        }

        if (failure is not null)
        {
            output.ReportDiagnostic(Diagnostic.Create(Descriptors.GeneratorFailed, location: null, failure.Arguments.ToArray<object>()));
        }
    }

    /// <summary>What parsing found, and what only the memory plan can tell.</summary>
    private static IEnumerable<DiagnosticInfo> Diagnose(ParseResult result)
    {
        IEnumerable<DiagnosticInfo> planned = [];
        if (result.Spec is { } spec)
        {
            try
            {
                planned = PlanLowering.Lower(spec).Issues.Select(issue => new DiagnosticInfo(issue.Id, issue.Arguments, result.Location));
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // The source output reports the same failure.
                planned = [];
            }
        }

        return result.Diagnostics.Concat(planned);
    }

    /// <summary>The diagnostic that stands for an exception.</summary>
    internal static DiagnosticInfo Failure(string type, Exception exception)
    {
        string message = $"{exception.GetType().Name}: {exception.Message}".Replace('\n', ' ').Replace('\r', ' ');
        return new("FW0900", new([type, message]), null);
    }

    /// <summary>A plan, or the failure that took its place.</summary>
    private sealed record LoweringOutcome(ExecutionPlan? Plan, string TypeName, DiagnosticInfo? Failure);
}
