namespace Formwork.Generator.Model;

/// <summary>The languages that a checkpoint has codes for.</summary>
/// <param name="Origin">Where the ids come from, for documentation: the end of a sentence.</param>
/// <param name="Items">The languages, by ascending id; no two have the same name or id.</param>
internal sealed record LanguagesSpec(string Origin, EquatableArray<LanguageSpec> Items);

/// <summary>One language.</summary>
/// <param name="Name">Its code as an identifier; a keyword carries its <c>@</c>.</param>
/// <param name="Token">The token that stands for it.</param>
/// <param name="Id">The token's id.</param>
internal sealed record LanguageSpec(string Name, string Token, int Id);
