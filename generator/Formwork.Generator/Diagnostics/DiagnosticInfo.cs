using Formwork.Generator.Model;
using Microsoft.CodeAnalysis;

namespace Formwork.Generator.Diagnostics;

/// <summary>A diagnostic as plain, value-equal data: it holds no syntax tree, so caching it keeps no compilation alive.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Arguments">What its message is filled with.</param>
/// <param name="Location">Where it is reported.</param>
internal sealed record DiagnosticInfo(string Id, EquatableArray<string> Arguments, LocationInfo? Location)
{
    /// <summary>The diagnostic with a location in one of the compilation's own trees, so that <c>#pragma warning disable</c> applies to it.</summary>
    public Diagnostic ToDiagnostic(Compilation compilation) =>
        Diagnostic.Create(Descriptors.ById(Id), Location?.ToLocation(compilation), Arguments.ToArray<object>());

    /// <summary>The diagnostic without a place in source.</summary>
    public Diagnostic ToDiagnostic() => Diagnostic.Create(Descriptors.ById(Id), location: null, Arguments.ToArray<object>());
}
