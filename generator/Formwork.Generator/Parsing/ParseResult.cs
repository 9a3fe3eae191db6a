using Formwork.Generator.Diagnostics;
using Formwork.Generator.Model;
using Formwork.Generator.Parsing.Files;

namespace Formwork.Generator.Parsing;

/// <summary>What parsing found in one declaration: a specification, or none where an error forbids it, and diagnostics.</summary>
/// <param name="Spec">The specification; it holds no location, so that edits around the declaration leave it equal.</param>
/// <param name="Diagnostics">What to report.</param>
/// <param name="Location">Where findings of later phases are reported.</param>
/// <param name="Manifest">The weight manifest that the declaration names. It is no part of the specification: what is generated does not depend on it.</param>
internal sealed record ParseResult(TransformerSpec? Spec, EquatableArray<DiagnosticInfo> Diagnostics, LocationInfo? Location, ModelFile? Manifest = null);
