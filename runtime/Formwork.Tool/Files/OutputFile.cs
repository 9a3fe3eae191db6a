using System.Text;
using Formwork.Weights;

namespace Formwork.Tool.Files;

/// <summary>Files that the tool writes: each appears complete or not at all.</summary>
internal static class OutputFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes a text in UTF-8.</summary>
    /// <exception cref="WeightSaveException">The file could not be written; nothing of it is left.</exception>
    public static void WriteText(string path, string text)
    {
        byte[] bytes = Utf8.GetBytes(text);
        AtomicFile.Write(path, bytes.Length, stream => stream.Write(bytes));
    }

    /// <summary>Refuses a path that nothing can be written to, or that would replace what is read, before the work begins.</summary>
    /// <exception cref="ToolException">The path makes no sense.</exception>
    public static void Check(string path, params IEnumerable<string> inputs)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            throw ToolException.Usage("-o needs the name of the file to write");
        }

        string full = Path.GetFullPath(path);
        if (Directory.Exists(full))
        {
            throw ToolException.Usage($"-o {WeightProblem.Quote(path)} is a folder; give the name of the file to write");
        }

        if (!Directory.Exists(Path.GetDirectoryName(full)))
        {
            throw ToolException.Usage($"-o {WeightProblem.Quote(path)}: its folder does not exist; make it first, or give another path");
        }

        if (inputs.FirstOrDefault(input => Path.GetFullPath(input) == full) is { } same)
        {
            throw ToolException.Usage($"-o {WeightProblem.Quote(path)} would replace {WeightProblem.Quote(same)}, which is read; give another name");
        }
    }
}
