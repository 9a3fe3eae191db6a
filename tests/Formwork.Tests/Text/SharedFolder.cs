namespace Formwork.Tests.Text;

/// <summary>Corpora and models that lie in a folder <c>shared</c> beside the repository, where there is one.</summary>
internal static class SharedFolder
{
    /// <summary>A file of the shared folder; skips the test where it is absent.</summary>
    public static string File(params string[] parts)
    {
        string? folder = RepositoryFolder.Find(Path.Combine(["shared", .. parts[..^1]]));
        string? path = folder is null ? null : Path.Combine(folder, parts[^1]);
        Skip.If(path is null || !System.IO.File.Exists(path), $"needs shared/{string.Join('/', parts)} beside the repository");
        return path!;
    }
}
