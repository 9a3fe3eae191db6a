using Formwork.Generator.Diagnostics;
using Formwork.Generator.Model;
using Formwork.Generator.Parsing.Files;

namespace Formwork.Generator.Parsing;

/// <summary>One annotated class as it stands in source, before any file that it names was looked at.</summary>
/// <param name="Name">The class's own name, for messages.</param>
/// <param name="Type">The class, or null where it cannot hold a model.</param>
/// <param name="Family">The family's value, where the attribute gives one.</param>
/// <param name="Config">The configuration file that the attribute names instead.</param>
/// <param name="Options">The attribute's named arguments.</param>
/// <param name="Location">The attribute's place.</param>
/// <param name="ConfigLocation">The place of the file's name.</param>
/// <param name="SkipLocalsInit">Whether the compilation lets generated code leave its stack uninitialised.</param>
/// <param name="Diagnostics">What is wrong with the class itself.</param>
internal sealed record Declaration(
    string Name,
    TypeSpec? Type,
    int? Family,
    string? Config,
    EquatableArray<OptionValue> Options,
    LocationInfo? Location,
    LocationInfo? ConfigLocation,
    bool SkipLocalsInit,
    EquatableArray<DiagnosticInfo> Diagnostics)
{
    /// <summary>The files that the declaration names, relative to somewhere above them, and those that may lie beside its configuration.</summary>
    public IEnumerable<string> NamedFiles => new[] { Config, Options.FirstOrDefault(static option => option.Name == "Manifest")?.Value as string }
        .Where(static name => !string.IsNullOrWhiteSpace(name))
        .Select(static name => name!)
        .Concat(string.IsNullOrWhiteSpace(Config) ? [] : Companion.Of(Config!));

    /// <summary>Fields of its files that the declaration says do not matter.</summary>
    public IReadOnlyList<string> IgnoredConfigFields => new AttributeOptions(Options, null).Texts("IgnoredConfigFields");
}
