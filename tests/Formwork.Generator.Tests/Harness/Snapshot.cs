using System.Text;

namespace Formwork.Generator.Tests.Harness;

/// <summary>
/// Compares text with a verified file, by Verify's conventions: <c>Name.verified.cs</c> is what was accepted, and what differs is
/// written beside it as <c>Name.received.cs</c>. Accepting is renaming; <c>FORMWORK_ACCEPT_SNAPSHOTS=1</c> renames all.
/// </summary>
internal static class Snapshot
{
    public static string Folder { get; } = RepositoryFolder.Get("tests", "Formwork.Generator.Tests", "Snapshots");

    public static void Verify(string name, string text, string extension = "cs")
    {
        string verified = Path.Combine(Folder, $"{name}.verified.{extension}");
        string received = Path.Combine(Folder, $"{name}.received.{extension}");
        string? accepted = File.Exists(verified) ? File.ReadAllText(verified) : null;
        if (accepted == text)
        {
            File.Delete(received);
            return;
        }

        bool accept = Environment.GetEnvironmentVariable("FORMWORK_ACCEPT_SNAPSHOTS") == "1";
        Directory.CreateDirectory(Folder);
        File.WriteAllText(accept ? verified : received, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        if (!accept)
        {
            Assert.Fail($"{name} differs from its snapshot{Difference(accepted, text)}. Compare {received} with the verified file, and rename it where the change is meant.");
        }
    }

    /// <summary>The names of the snapshots that start with a prefix.</summary>
    public static IEnumerable<string> Names(string prefix) => Directory
        .EnumerateFiles(Folder, prefix + "*.verified.cs")
        .Select(static path => Path.GetFileName(path)[..^".verified.cs".Length]);

    private static string Difference(string? accepted, string text)
    {
        if (accepted is null)
        {
            return " (there is none)";
        }

        string[] before = accepted.Split('\n');
        string[] after = text.Split('\n');
        int line = Enumerable.Range(0, Math.Min(before.Length, after.Length)).FirstOrDefault(index => before[index] != after[index], Math.Min(before.Length, after.Length));
        return $" at line {line + 1}";
    }
}
