namespace Formwork.Tests.Weights;

/// <summary>The folder of real models and corpora that lies beside the repository on some machines and is never part of it.</summary>
internal static class SharedFolder
{
    /// <summary>Why a test that needs the folder was skipped.</summary>
    public const string Absent = "needs the folder 'shared' beside the repository, which this machine does not have";

    /// <summary>The folder, found by walking up from the test assembly, or null.</summary>
    public static string? Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "shared");
            if (Directory.Exists(Path.Combine(candidate, "models")))
            {
                return candidate;
            }
        }
        return null;
    }
}
