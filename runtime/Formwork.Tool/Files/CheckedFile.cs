using Formwork.Weights;

namespace Formwork.Tool.Files;

/// <summary>Looks at a weight file before longer work begins.</summary>
internal static class CheckedFile
{
    /// <summary>Fails at once where the file cannot be opened, or where its header is damaged: compiling a model takes seconds.</summary>
    /// <exception cref="WeightLoadException">It cannot be read, or is no weight file.</exception>
    public static void Look(string path)
    {
        using FileByteSource source = FileByteSource.Open(path);
        if (PackedHeader.IsAt(source))
        {
            PackedHeader.Read(source);
        }
        else
        {
            SafetensorsFile.Over(source).Dispose();
        }
    }
}
