namespace Formwork.Tool.Tests.Harness;

/// <summary>Models that belong to the repository.</summary>
internal static class TestModels
{
    public static string Sample => Path.Combine(RepositoryFolder.Get("samples", "Translate", "model"), "model.safetensors");

    public static string SampleConfig => Path.Combine(RepositoryFolder.Get("samples", "Translate", "model"), "config.json");

    public static string SampleDeclaration => Path.Combine(RepositoryFolder.Get("samples", "Translate", "Sentences"), "EnglishToFrench.cs");

    /// <summary>A file that declares several models, among much else.</summary>
    public static string GoldenDeclarations => Path.Combine(RepositoryFolder.Get("tests", "Formwork.Golden.Tests"), "Models.cs");
}
