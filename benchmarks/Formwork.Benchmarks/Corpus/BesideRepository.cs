namespace Formwork.Benchmarks.Corpus;

/// <summary>The folder <c>shared</c> with models and corpora that lies beside the repository, on machines that have it.</summary>
internal static class BesideRepository
{
    /// <summary>A file or folder of it, or none.</summary>
    public static string? Find(params string[] parts)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine([folder.FullName, "shared", .. parts]);
            if (Path.Exists(path))
            {
                return path;
            }
        }

        return null;
    }
}
