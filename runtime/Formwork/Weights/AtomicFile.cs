namespace Formwork.Weights;

/// <summary>Writes a file that is there complete or not at all, whatever happens meanwhile.</summary>
internal static class AtomicFile
{
    /// <summary>Writes to a new file in the same folder, which then takes the place of the old one, so that whoever has that one open or mapped
    /// keeps it as it was.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="length">How many bytes will be written: space is asked for beforehand.</param>
    /// <param name="write">Writes the contents.</param>
    /// <exception cref="WeightSaveException">The file could not be written, and what was of it is deleted.</exception>
    public static void Write(string path, long length, Action<Stream> write)
    {
        string name = WeightProblem.Quote(path);
        string? temporary = null;
        try
        {
            string full = Path.GetFullPath(path);
            if (Directory.Exists(full))
            {
                throw new WeightSaveException(name, "the path is a folder", "Give the path of a file, usually ending in .fw.", null);
            }

            temporary = Path.Combine(Path.GetDirectoryName(full)!, $".{Path.GetRandomFileName()}.tmp");
            using (FileStream stream = Create(temporary, length))
            {
                write(stream);
                // The name may reach the disk before the contents, and a loss of power between the two would leave a file of zeros.
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, full, overwrite: true);
            temporary = null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Security.SecurityException or NotSupportedException or ArgumentException)
        {
            throw new WeightSaveException(name, $"the file could not be written ({e.Message.TrimEnd('.')})",
                "Check the path, the rights on its folder and the space on its disk.", e);
        }
        finally
        {
            Delete(temporary);
        }
    }

    private static FileStream Create(string path, long length) => new(path, new FileStreamOptions
    {
        Mode = FileMode.CreateNew,
        Access = FileAccess.Write,
        Share = FileShare.None,
        // The chunks that are written are large already.
        BufferSize = 0,
        PreallocationSize = length,
    });

    private static void Delete(string? path)
    {
        try
        {
            if (path is not null)
            {
                File.Delete(path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The failure that led here says more than this one would.
        }
    }
}
