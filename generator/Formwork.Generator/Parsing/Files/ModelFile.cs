namespace Formwork.Generator.Parsing.Files;

/// <summary>A weight manifest for a model: an <c>AdditionalFiles</c> item that names the model in its metadata, or that a declaration names.</summary>
/// <param name="Model">The model's name or full name, as the item has it; null where the declaration names the file.</param>
/// <param name="Path">Its path, as the compiler has it.</param>
/// <param name="Text">Its text; null where the compiler could not read it.</param>
internal sealed record ModelFile(string? Model, string Path, string? Text)
{
    /// <summary>The metadata that names a model.</summary>
    public const string Metadata = "build_metadata.AdditionalFiles.FormworkModel";

    /// <summary>Whether it is meant for a model.</summary>
    /// <param name="name">The model's own name.</param>
    /// <param name="fullName">Its name with its namespace and the types around it; null where it cannot hold a model.</param>
    public bool IsFor(string name, string? fullName) => Model == name || (Model is not null && Model == fullName);
}
