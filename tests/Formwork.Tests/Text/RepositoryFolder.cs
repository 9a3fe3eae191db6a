namespace Formwork.Tests.Text;

/// <summary>Finds files of this project and of the folder shared beside it, walking up from the test assembly.</summary>
internal static class RepositoryFolder
{
    public static string TextTests { get; } = Find(Path.Combine("tests", "Formwork.Tests", "Text"))
        ?? throw new DirectoryNotFoundException("The tests run from a build inside the repository, since their models lie there.");

    public static string Model(string name) => Path.Combine(TextTests, "Models", name + ".model");

    public static string Golden(string name) => Path.Combine(TextTests, "Goldens", name + ".json");

    /// <summary>The nearest <paramref name="relative"/> in the assembly's folder or one above it, or none.</summary>
    public static string? Find(string relative)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, relative);
            if (Directory.Exists(path))
            {
                return path;
            }
        }
        return null;
    }
}
