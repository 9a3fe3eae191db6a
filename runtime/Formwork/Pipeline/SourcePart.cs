namespace Formwork.Pipeline;

/// <summary>A stretch of a text: one source of the model, or text that stays as it is.</summary>
/// <param name="Start">The place of its first UTF-16 unit.</param>
/// <param name="End">The place behind its last.</param>
/// <param name="Source">The source's ids, or null where the text stays.</param>
internal readonly record struct SourcePart(int Start, int End, int[]? Source);
