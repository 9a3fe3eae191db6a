using System.Collections.Immutable;
using Formwork.Generator.Model;
using Microsoft.CodeAnalysis;

namespace Formwork.Generator.Diagnostics;

/// <summary>A diagnostic as plain, value-equal data: it holds no syntax tree, so caching it keeps no compilation alive.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Arguments">What its message is filled with.</param>
/// <param name="Location">Where it is reported.</param>
/// <param name="Properties">What it tells a code fix beside the message.</param>
internal sealed record DiagnosticInfo(string Id, EquatableArray<string> Arguments, LocationInfo? Location, EquatableArray<DiagnosticProperty> Properties = default)
{
    /// <summary>The diagnostic with a location in one of the compilation's own trees, so that <c>#pragma warning disable</c> applies to it.</summary>
    public Diagnostic ToDiagnostic(Compilation compilation) => Create(Location?.ToLocation(compilation));

    /// <summary>The diagnostic without a place in source.</summary>
    public Diagnostic ToDiagnostic() => Create(location: null);

    private Diagnostic Create(Location? location) => Diagnostic.Create(
        Descriptors.ById(Id),
        location,
        Properties.ToImmutableDictionary(static property => property.Name, static property => (string?)property.Value),
        Arguments.ToArray<object>());
}

/// <summary>A property of a diagnostic.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value; several are separated by commas.</param>
internal sealed record DiagnosticProperty(string Name, string Value);
