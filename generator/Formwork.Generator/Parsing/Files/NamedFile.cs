namespace Formwork.Generator.Parsing.Files;

/// <summary>An <c>AdditionalFiles</c> item that a declaration names.</summary>
/// <param name="Path">Its path, as the compiler has it.</param>
/// <param name="Text">Its text; null where the compiler could not read it.</param>
internal sealed record NamedFile(string Path, string? Text);
