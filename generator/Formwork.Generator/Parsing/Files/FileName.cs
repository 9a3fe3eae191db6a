namespace Formwork.Generator.Parsing.Files;

/// <summary>Compares the name that a declaration gives with the paths of additional files.</summary>
internal static class FileName
{
    /// <summary>Whether a path ends with a name: whole folders, of either separator. Case counts, as it does where the build may run.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="name">A name such as <c>opus-mt-en-fr/config.json</c>.</param>
    public static bool Matches(string path, string name)
    {
        string whole = Normalize(path);
        string end = Normalize(name);
        return end.Length > 0 && (whole == end || whole.EndsWith("/" + end, StringComparison.Ordinal));
    }

    private static string Normalize(string path)
    {
        string normal = path.Replace('\\', '/');
        return normal.StartsWith("./", StringComparison.Ordinal) ? normal.Substring(2) : normal;
    }
}
