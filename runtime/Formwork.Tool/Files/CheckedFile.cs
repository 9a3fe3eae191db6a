using Formwork.Weights;

namespace Formwork.Tool.Files;

/// <summary>Looks at a weight file before longer work begins.</summary>
internal static class CheckedFile
{
    /// <summary>Fails at once where the file cannot be opened, or where its header is damaged: compiling a model takes seconds.</summary>
    /// <param name="path">The file, or an index of shards, which are looked at too.</param>
    /// <param name="output">What will be written, if anything: none of the files that are read.</param>
    /// <exception cref="WeightLoadException">It cannot be read, or is no weight file.</exception>
    /// <exception cref="ToolException">A shard is not there, or the output would replace one.</exception>
    public static void Look(string path, string? output)
    {
        if (ShardIndex.IsIndex(path))
        {
            using Checkpoint checkpoint = Checkpoint.Open(path);
            if (output is not null)
            {
                OutputFile.Check(output, checkpoint.Paths);
            }

            return;
        }

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

    /// <summary>The length of a file, or of all shards that an index names.</summary>
    public static long Bytes(string path)
    {
        if (!ShardIndex.IsIndex(path))
        {
            return new FileInfo(path).Length;
        }

        using Checkpoint checkpoint = Checkpoint.Open(path);
        return checkpoint.Bytes;
    }
}
