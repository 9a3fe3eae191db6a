namespace Formwork.Tests;

/// <summary>Finds folders of this project and beside it, walking up from the test assembly.</summary>
internal static class RepositoryFolder
{
    /// <summary>The nearest <paramref name="relative"/> in the assembly's folder or one above it, or none.</summary>
    public static string? Find(params string[] relative)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine([folder.FullName, .. relative]);
            if (Directory.Exists(path))
            {
                return path;
            }
        }

        return null;
    }

    /// <summary>A folder of this repository, which is there wherever the tests were built.</summary>
    public static string Get(params string[] relative) => Find(relative)
        ?? throw new DirectoryNotFoundException($"The tests run from a build inside the repository: {string.Join('/', relative)} was not found above {AppContext.BaseDirectory}.");
}
