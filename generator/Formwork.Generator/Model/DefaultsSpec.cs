namespace Formwork.Generator.Model;

/// <summary>How <c>generate</c> decodes by default with a checkpoint.</summary>
/// <param name="File">The name of the file that says so.</param>
/// <param name="Options">What it says.</param>
internal sealed record DefaultsSpec(string File, EquatableArray<DefaultSpec> Options);

/// <summary>One default.</summary>
/// <param name="Option">The property of <c>Formwork.Generation.GenerationOptions</c>.</param>
/// <param name="Value">Its value as C#.</param>
/// <param name="Field">The field of the file that sets it.</param>
internal sealed record DefaultSpec(string Option, string Value, string Field);
