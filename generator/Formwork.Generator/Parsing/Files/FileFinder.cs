using Formwork.Generator.Diagnostics;
using Formwork.Generator.Model;

namespace Formwork.Generator.Parsing.Files;

/// <summary>Finds the additional file that a declaration means.</summary>
internal static class FileFinder
{
    /// <summary>Finds a file, or reports why there is none.</summary>
    /// <param name="name">The name that the declaration gives.</param>
    /// <param name="location">Where it gives it.</param>
    /// <param name="files">All files that declarations name.</param>
    /// <param name="diagnostics">Receives FW0201 where no file, or more than one, is meant.</param>
    public static NamedFile? Find(string name, LocationInfo? location, EquatableArray<NamedFile> files, List<DiagnosticInfo> diagnostics)
    {
        NamedFile[] matches = [.. files.Where(file => FileName.Matches(file.Path, name))];

        // The file beside the declaration is meant where several end alike.
        if (matches.Length > 1 && location is not null && matches.FirstOrDefault(file => IsBeside(location.Path, file.Path, name)) is { } beside)
        {
            matches = [beside];
        }

        if (matches.Length == 1 && matches[0].Text is not null)
        {
            return matches[0];
        }

        string reason = matches.Length switch
        {
            0 => $"it is not among the project's AdditionalFiles: add '<AdditionalFiles Include=\"{name}\" />' to the project file",
            1 => "the compiler could not read it",
            _ => $"{matches.Length} of the project's AdditionalFiles end so; write more of the path of the one that is meant",
        };
        diagnostics.Add(new("FW0201", new([name, reason]), location, matches.Length == 0 ? new([new DiagnosticProperty("File", name)]) : default));
        return null;
    }

    private static bool IsBeside(string source, string path, string name)
    {
        int end = Math.Max(source.LastIndexOf('/'), source.LastIndexOf('\\'));
        return end >= 0 && path.Replace('\\', '/') == source.Substring(0, end + 1).Replace('\\', '/') + name.Replace('\\', '/');
    }
}
