namespace Formwork.Tests;

/// <summary>Real models and corpora that lie in a folder <c>shared</c> beside the repository, on machines that have it; they are never part of it.</summary>
internal static class SharedFolder
{
    /// <summary>A file of the shared folder; skips the test where it is absent.</summary>
    public static string File(params string[] parts)
    {
        string? folder = RepositoryFolder.Find(["shared", .. parts[..^1]]);
        string? path = folder is null ? null : Path.Combine(folder, parts[^1]);
        Skip.If(path is null || !System.IO.File.Exists(path), $"needs shared/{string.Join('/', parts)} beside the repository");
        return path!;
    }
}
