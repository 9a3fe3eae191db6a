using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Formwork.Tool.Declarations;

/// <summary>What the generator made of a declaration.</summary>
/// <param name="Declared">The declaration alone.</param>
/// <param name="Output">The declaration and what was generated for it.</param>
/// <param name="Files">The generated files; none where the declaration has errors.</param>
/// <param name="Reported">What the generator has to say.</param>
internal sealed record GeneratedModel(
    Compilation Declared, Compilation Output, ImmutableArray<GeneratedSourceResult> Files, ImmutableArray<Diagnostic> Reported);
