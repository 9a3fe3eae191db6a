namespace Formwork.Tests.Text;

/// <summary>Models and recorded results that the text tests read.</summary>
internal static class TextFiles
{
    public static string Folder { get; } = RepositoryFolder.Get("tests", "Formwork.Tests", "Text");

    public static string Model(string name) => Path.Combine(Folder, "Models", name + ".model");

    public static string ByteLevelBpe(string file) => Path.Combine(Folder, "Models", "byte-level-bpe", file);

    public static string Golden(string name) => Path.Combine(Folder, "Goldens", name + ".json");
}
