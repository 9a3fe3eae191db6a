using Formwork.Generator.Diagnostics;
using Formwork.Generator.Lowering;
using Formwork.Generator.Manifests;
using Formwork.Generator.Model;
using Formwork.Generator.Parsing;
using Formwork.Generator.Parsing.Files;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Formwork.Generator;

/// <summary>The step of the generator that compares models with the manifests of their weight files.</summary>
/// <remarks>
/// What passes between its nodes are classes: the compiler's code for nodes of classes is ready, while that for nodes of a structure of
/// ours is compiled anew in every process, which a first run would pay for.
/// </remarks>
internal static class ManifestStep
{
    /// <summary>The manifests of a project.</summary>
    public sealed record ManifestFiles(EquatableArray<ModelFile> Files);

    /// <summary>What is wrong with the manifests of a model.</summary>
    public sealed record ManifestDiagnostics(EquatableArray<DiagnosticInfo> Diagnostics);

    /// <summary>The names that models of a project go by.</summary>
    public sealed record ModelNames(EquatableArray<string> Names)
    {
        /// <summary>Takes each declaration's own name and its full one.</summary>
        public static ModelNames Of(IEnumerable<Declaration> declarations) =>
            new(new EquatableArray<string>(declarations.SelectMany(static declaration => new[] { declaration.Name, declaration.Type?.FullName ?? declaration.Name })));
    }

    /// <summary>The additional files whose metadata names a model; no other file is read.</summary>
    public static IncrementalValueProvider<ManifestFiles> Files(IncrementalGeneratorInitializationContext context) => context.AdditionalTextsProvider
        .Combine(context.AnalyzerConfigOptionsProvider)
        .Select(static (pair, cancellation) => Read(pair.Left, pair.Right, cancellation))
        .Where(static file => file is not null)
        .Select(static (file, _) => file!)
        .Collect()
        .Select(static (files, _) => new ManifestFiles(new(files)));

    /// <summary>What is wrong with the manifests of a model.</summary>
    public static ManifestDiagnostics Check(ParseResult result, ManifestFiles files)
    {
        if (result.Spec is not { } spec)
        {
            return new(EquatableArray<DiagnosticInfo>.Empty);
        }

        string name = spec.Type.Name.TrimStart('@');
        ModelFile[] manifests = [.. files.Files.Where(file => file.IsFor(name, spec.Type.FullName)), .. result.Manifest is { } named ? [named] : Array.Empty<ModelFile>()];
        return new(manifests.Length == 0 ? EquatableArray<DiagnosticInfo>.Empty : new(Check(spec, name, manifests, result.Location).Distinct()));
    }

    /// <summary>The files whose metadata names no model at all, which would otherwise be compared with nothing and told to nobody.</summary>
    public static IEnumerable<DiagnosticInfo> Unclaimed(ManifestFiles files, ModelNames models) => files.Files
        .Where(file => !models.Names.Any(name => file.IsFor(name, name)))
        .Select(static file => new DiagnosticInfo(
            "FW0201",
            new([FileName(file.Path), $"its metadata FormworkModel is '{file.Model}', and no model of this project is called so"]),
            LocationInfo.In(file.Path, string.Empty, 0, 0)));

    private static ModelFile? Read(AdditionalText file, AnalyzerConfigOptionsProvider options, CancellationToken cancellation) =>
        options.GetOptions(file).TryGetValue(ModelFile.Metadata, out string? model) && !string.IsNullOrWhiteSpace(model)
            ? new(model.Trim(), file.Path, file.GetText(cancellation)?.ToString())
            : null;

    private static IEnumerable<DiagnosticInfo> Check(TransformerSpec spec, string name, ModelFile[] manifests, LocationInfo? declaration)
    {
        WeightPlan weights = new WeightLowering(spec, new ModelSizes(spec)).Lower();
        foreach (ModelFile file in manifests)
        {
            if (file.Text is not { } text)
            {
                yield return new("FW0201", new([FileName(file.Path), "the compiler could not read it"]), declaration);
                continue;
            }

            foreach (ManifestFinding finding in ManifestMatch.Check(FileName(file.Path), name, weights, text))
            {
                yield return new(finding.Id, finding.Arguments, finding.Place is { } place ? Location(file.Path, place) : declaration);
            }
        }
    }

    private static LocationInfo Location(string path, ManifestPlace place) =>
        new(path, place.Start, place.Length, new(place.Line, 0, place.Line, place.Length));

    private static string FileName(string path) => path.Substring(Math.Max(path.LastIndexOf('/'), path.LastIndexOf('\\')) + 1);
}
