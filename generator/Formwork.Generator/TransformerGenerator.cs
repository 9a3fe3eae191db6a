using System.Collections.Immutable;
using System.Text;
using Formwork.Generator.Diagnostics;
using Formwork.Generator.Emission;
using Formwork.Generator.Emission.Reports;
using Formwork.Generator.Lowering;
using Formwork.Generator.Lowering.Reports;
using Formwork.Generator.Model;
using Formwork.Generator.Parsing;
using Formwork.Generator.Parsing.Files;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Formwork.Generator;

/// <summary>Generates a whole encoder–decoder model for every class marked with <c>[Transformer]</c>.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class TransformerGenerator : IIncrementalGenerator
{
    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    private readonly Func<TransformerSpec, LoweringResult> _lower;
    private readonly Func<ExecutionPlan, IEnumerable<GeneratedFile>> _emit;

    /// <summary>Creates the generator.</summary>
    public TransformerGenerator()
        : this(PlanLowering.Lower, PlanEmission.Emit)
    {
    }

    /// <summary>Creates a generator with other phases, so that a test can make one fail.</summary>
    internal TransformerGenerator(Func<TransformerSpec, LoweringResult> lower, Func<ExecutionPlan, IEnumerable<GeneratedFile>> emit)
    {
        _lower = lower;
        _emit = emit;
    }

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<Declaration> declarations = context.SyntaxProvider
            .ForAttributeWithMetadataName(TransformerParser.AttributeName, static (node, _) => node is TypeDeclarationSyntax, ReadDeclaration)
            .WithTrackingName(TrackingNames.Declaration);
        IncrementalValuesProvider<ParseResult> parsed = declarations
            .Combine(NamedFiles(context, declarations))
            .Select(static (pair, _) => Parse(pair.Left, pair.Right))
            .WithTrackingName(TrackingNames.Parse);

        IncrementalValueProvider<ReportRequest> report = context.AnalyzerConfigOptionsProvider
            .Select(static (options, _) => ReportParser.Parse(options.GlobalOptions))
            .WithTrackingName(TrackingNames.Report);

        // The specification holds no location, so an edit that only moves the declaration ends here.
        IncrementalValuesProvider<GeneratedModel> models = parsed
            .Where(static result => result.Spec is not null)
            .Select(static (result, _) => result.Spec!)
            .WithTrackingName(TrackingNames.Spec)
            .Combine(report)
            .Select((pair, _) => Generate(pair.Left, pair.Right.Spec))
            .WithTrackingName(TrackingNames.Generate);
        IncrementalValueProvider<EquatableArray<Finding>> findings = models.Collect().Select(static (all, _) => Finding.Of(all)).WithTrackingName(TrackingNames.Findings);
        context.RegisterSourceOutput(models.Combine(findings), static (output, pair) => AddSources(output, pair.Left, pair.Right));

        // A manifest changes what is reported, never what is generated.
        IncrementalValueProvider<ManifestStep.ManifestFiles> manifests = ManifestStep.Files(context);
        IncrementalValuesProvider<DiagnosticInfo> manifestDiagnostics = parsed
            .Combine(manifests)
            .Select(static (pair, _) => CheckManifests(pair.Left, pair.Right))
            .WithTrackingName(TrackingNames.Manifests)
            .SelectMany(static (found, _) => found.Diagnostics);
        IncrementalValuesProvider<DiagnosticInfo> unclaimed = manifests
            .Combine(declarations.Collect().Select(static (all, _) => ManifestStep.ModelNames.Of(all)))
            .SelectMany(static (pair, _) => ManifestStep.Unclaimed(pair.Left, pair.Right));
        Report(context, manifestDiagnostics);
        Report(context, unclaimed);

        context.RegisterSourceOutput(report, static (output, request) => ReportProperties(output, request));

        // Diagnostics travel apart from the source: they need the compilation's own trees, so that #pragma applies to them.
        IncrementalValuesProvider<DiagnosticInfo> diagnostics = parsed.Combine(findings).SelectMany(static (pair, _) => Diagnose(pair.Left, pair.Right));
        Report(context, diagnostics);
    }

    private static void Report(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<DiagnosticInfo> diagnostics) => context.RegisterSourceOutput(
        diagnostics.Combine(context.CompilationProvider),
        static (output, pair) => output.ReportDiagnostic(pair.Left.ToDiagnostic(pair.Right)));

    /// <summary>The additional files that declarations name; no other file is read.</summary>
    private static IncrementalValueProvider<EquatableArray<NamedFile>> NamedFiles(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<Declaration> declarations)
    {
        IncrementalValueProvider<EquatableArray<string>> names = declarations
            .SelectMany(static (declaration, _) => declaration.NamedFiles)
            .Collect()
            .Select(static (all, _) => new EquatableArray<string>(all.Distinct()));
        return context.AdditionalTextsProvider
            .Combine(names)
            .Where(static pair => pair.Right.Any(name => FileName.Matches(pair.Left.Path, name)))
            .Select(static (pair, cancellation) => new NamedFile(pair.Left.Path, pair.Left.GetText(cancellation)?.ToString()))
            .Collect()
            .Select(static (files, _) => new EquatableArray<NamedFile>(files))
            .WithTrackingName(TrackingNames.Files);
    }

    private static Declaration ReadDeclaration(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        try
        {
            return TransformerParser.Parse(context, cancellation);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            string name = context.TargetSymbol.Name;
            LocationInfo? location = LocationInfo.From(context.TargetNode.GetLocation());
            return new(name, null, null, null, EquatableArray<OptionValue>.Empty, location, null, false, new([Failure(name, exception, location)]));
        }
    }

    private static ParseResult Parse(Declaration declaration, EquatableArray<NamedFile> files)
    {
        try
        {
            return SpecParser.Parse(declaration, files);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new(null, new([Failure(declaration.Name, exception, declaration.Location)]), declaration.Location);
        }
    }

    private static ManifestStep.ManifestDiagnostics CheckManifests(ParseResult result, ManifestStep.ManifestFiles files)
    {
        try
        {
            return ManifestStep.Check(result, files);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new(new([Failure(result.Spec!.Type.FullName, exception, result.Location)]));
        }
    }

    private static DiagnosticInfo Failure(string name, Exception exception, LocationInfo? location)
    {
        Finding failure = Finding.Failure(name, exception);
        return new(failure.Id, failure.Arguments, location);
    }

    /// <summary>Lowers and prints a model; all files are there before the first is added, so a failure leaves no partial model behind.</summary>
    private GeneratedModel Generate(TransformerSpec spec, ReportSpec? report)
    {
        string type = spec.Type.FullName;
        try
        {
            LoweringResult result = _lower(spec);
            IEnumerable<GeneratedFile> files = result.Plan is { } plan ? [.. _emit(plan), .. Report(plan, report)] : [];
            return new(type, spec.Options.CExport, new(files), new(result.Issues.Select(issue => new Finding(type, issue.Id, issue.Arguments))));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new(type, null, EquatableArray<GeneratedFile>.Empty, new([Finding.Failure(type, exception)]));
        }
    }

    private static IEnumerable<GeneratedFile> Report(ExecutionPlan plan, ReportSpec? report) => report is null ? [] : ReportEmission.Emit(PlanReport.Of(plan, report));

    /// <summary>A property has no place in source, so these diagnostics need no compilation.</summary>
    private static void ReportProperties(SourceProductionContext output, ReportRequest request)
    {
        foreach (DiagnosticInfo diagnostic in request.Diagnostics)
        {
            output.ReportDiagnostic(diagnostic.ToDiagnostic());
        }
    }

    private static void AddSources(SourceProductionContext output, GeneratedModel model, EquatableArray<Finding> findings)
    {
        if (findings.Any(finding => finding.Type == model.Type && finding.IsCollision))
        {
            return;
        }

        foreach (GeneratedFile file in model.Files)
        {
            output.AddSource(file.HintName, SourceText.From(file.Text, Utf8));
        }
    }

    /// <summary>What parsing found in a declaration, and what later phases found about its model.</summary>
    private static IEnumerable<DiagnosticInfo> Diagnose(ParseResult result, EquatableArray<Finding> findings) => result.Spec is { } spec
        ? result.Diagnostics.Concat(findings.Where(finding => finding.Type == spec.Type.FullName).Select(finding => new DiagnosticInfo(finding.Id, finding.Arguments, result.Location)))
        : result.Diagnostics;

    /// <summary>A model's files, or none where a finding forbids them.</summary>
    private sealed record GeneratedModel(string Type, string? CExport, EquatableArray<GeneratedFile> Files, EquatableArray<Finding> Findings);

    /// <summary>Something that lowering, printing, or the other models of the compilation told about a model.</summary>
    private sealed record Finding(string Type, string Id, EquatableArray<string> Arguments, bool IsCollision = false)
    {
        public static Finding Failure(string type, Exception exception)
        {
            string message = $"{exception.GetType().Name}: {exception.Message}".Replace('\n', ' ').Replace('\r', ' ');
            return new(type, "FW0900", new([type, message]));
        }

        /// <summary>All findings; file names compare without case, so models whose names do too would overwrite each other.</summary>
        public static EquatableArray<Finding> Of(ImmutableArray<GeneratedModel> models) => new(models
            .SelectMany(static model => model.Findings)
            .Concat(models
                .GroupBy(static model => model.Type, StringComparer.OrdinalIgnoreCase)
                .Where(static group => group.Count() > 1)
                .SelectMany(static group => group.Select(static model => model.Type).Distinct().Select(Collision)))
            .Concat(models
                .Where(static model => model.CExport is not null)
                .GroupBy(static model => model.CExport!, StringComparer.OrdinalIgnoreCase)
                .SelectMany(static group => SharedPrefix([.. group.Select(static model => model.Type).Distinct()], group.Key))));

        /// <summary>Models whose C functions, or headers on a disk that ignores case, would have the same names.</summary>
        private static IEnumerable<Finding> SharedPrefix(string[] types, string prefix) => types.Length == 1
            ? []
            : types.Select(type => new Finding(type, "FW0107", new([$"CExport = \"{prefix}\" of {string.Join(" and ", types)}", "their C functions and headers would have the same names; give each a prefix of its own"]), IsCollision: true));

        private static Finding Collision(string type)
        {
            string name = type.Substring(type.LastIndexOf('.') + 1);
            return new(type, "FW0002", new([name, "declared twice, or named like another model but for its case", name + "Model"]), IsCollision: true);
        }
    }
}
