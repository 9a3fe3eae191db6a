namespace Formwork.Golden.Tests;

/// <summary>The Translate sample's model, declared by nothing but the file that its training wrote.</summary>
[Transformer("model/config.json")]
public sealed partial class ConfiguredEnglishToFrench;
