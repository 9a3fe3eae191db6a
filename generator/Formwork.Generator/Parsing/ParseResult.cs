using Formwork.Generator.Diagnostics;
using Formwork.Generator.Model;

namespace Formwork.Generator.Parsing;

/// <summary>What parsing found in one declaration: a specification, or none where an error forbids it, and diagnostics.</summary>
/// <param name="Spec">The specification; it holds no location, so that edits around the declaration leave it equal.</param>
/// <param name="Diagnostics">What to report.</param>
/// <param name="Location">Where findings of later phases are reported.</param>
internal sealed record ParseResult(TransformerSpec? Spec, EquatableArray<DiagnosticInfo> Diagnostics, LocationInfo? Location);
