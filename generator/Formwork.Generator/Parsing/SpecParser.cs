using System.Globalization;
using Formwork.Generator.Diagnostics;
using Formwork.Generator.Model;
using Formwork.Generator.Parsing.Config;
using Formwork.Generator.Parsing.Files;
using Formwork.Generator.Parsing.Languages;
using Microsoft.CodeAnalysis;

namespace Formwork.Generator.Parsing;

/// <summary>Turns a declaration, and the files that it names, into a specification.</summary>
internal static class SpecParser
{
    /// <summary>Parses a declaration's options.</summary>
    /// <param name="declaration">The declaration.</param>
    /// <param name="files">The additional files that any declaration names.</param>
    public static ParseResult Parse(Declaration declaration, EquatableArray<NamedFile> files)
    {
        List<DiagnosticInfo> diagnostics = [.. declaration.Diagnostics];
        TransformerSpec? spec = Spec(declaration, files, diagnostics);
        ModelFile? manifest = Manifest(declaration, files, diagnostics);
        bool isBroken = diagnostics.Any(static diagnostic => Descriptors.ById(diagnostic.Id).DefaultSeverity == DiagnosticSeverity.Error);
        return new(isBroken ? null : spec, new(diagnostics), declaration.Location, manifest);
    }

    private static ModelFile? Manifest(Declaration declaration, EquatableArray<NamedFile> files, List<DiagnosticInfo> diagnostics) =>
        declaration.Options.FirstOrDefault(static option => option.Name == "Manifest") is { Value: string name } option
        && FileFinder.Find(name, option.Location ?? declaration.Location, files, diagnostics) is { } file
            ? new(Model: null, file.Path, file.Text)
            : null;

    private static TransformerSpec? Spec(Declaration declaration, EquatableArray<NamedFile> files, List<DiagnosticInfo> diagnostics)
    {
        if (Family(declaration, files, diagnostics) is not { } source)
        {
            return null;
        }

        (FamilySpec family, AttributeOptions options, ConfigSource? config) = source;
        var shapes = new ShapeParser(declaration.Name, family.Name, options, diagnostics);
        StackSpec? encoder = shapes.Stack("Encoder", "SourceLength");
        StackSpec? decoder = shapes.Stack("Decoder", "TargetLength");
        (int Source, int Target)? vocabularies = shapes.Vocabularies();
        if (declaration.Type is not { } type || encoder is null || decoder is null || vocabularies is not { } sizes || !shapes.Check(encoder, decoder))
        {
            return null;
        }

        var axes = new AxisParser(declaration.Name, family, options, diagnostics);
        EmbeddingSpec embedding = axes.Embedding(sizes.Source, sizes.Target);
        TransformerSpec spec = new(
            type,
            family.Name,
            declaration.Config,
            encoder,
            decoder,
            sizes.Source,
            sizes.Target,
            axes.Norm(),
            axes.Positions(encoder, decoder),
            axes.FeedForward(),
            axes.ScaleAttention(),
            axes.Bias(),
            embedding,
            axes.Weights(embedding, encoder, decoder),
            axes.Tokens(sizes.Target),
            family.Names,
            axes.Options(declaration.SkipLocalsInit, decoder));
        return config is null ? spec : spec with
        {
            Defaults = new DefaultsParser(config, spec, declaration, diagnostics).Parse(),
            Languages = new LanguageParser(config, spec, files, declaration, diagnostics).Parse(),
        };
    }

    /// <summary>The family and all options, from the attribute alone or from a configuration file that it names.</summary>
    private static (FamilySpec Family, AttributeOptions Options, ConfigSource? Config)? Family(Declaration declaration, EquatableArray<NamedFile> files, List<DiagnosticInfo> diagnostics)
    {
        if (declaration.Config is { } name)
        {
            return FileFinder.Find(name, declaration.ConfigLocation, files, diagnostics) is { } file
                && new ConfigParser(declaration, file, files, diagnostics).Parse() is { } config
                    ? (config.Family, config.Options, config)
                    : null;
        }

        if (declaration.Family is not { } value)
        {
            return null;
        }

        AttributeOptions options = new(declaration.Options, declaration.Location);
        if (FamilySpec.All.FirstOrDefault(family => family.Value == value) is { } family)
        {
            return (family, options, null);
        }

        diagnostics.Add(new(
            "FW0107",
            new([$"Family {value.ToString(CultureInfo.InvariantCulture)}", "it names no known family; the families are " + string.Join(", ", FamilySpec.All.Select(static family => family.Name))]),
            options.Location));
        return null;
    }
}
