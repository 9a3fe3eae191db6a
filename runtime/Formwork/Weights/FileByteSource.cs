using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace Formwork.Weights;

/// <summary>
/// A file on a disk. <see cref="Read"/> asks the operating system to copy, so that a file which another program shortens is an error
/// to report; only <see cref="Span"/> and <see cref="Map"/> map it, because touching a mapped page that the file has lost ends the
/// process (SIGBUS).
/// </summary>
internal sealed class FileByteSource : ByteSource
{
    private readonly SafeFileHandle _file;
    private readonly DateTime _written;
    private readonly Lock _mapping = new();
    private MemoryMappedFile? _map;
    private MemoryMappedViewAccessor? _view;

    private FileByteSource(string name, SafeFileHandle file, long length, DateTime written)
        : base(name, length)
    {
        _file = file;
        _written = written;
    }

    /// <summary>Opens a file for reading; every failure is a <see cref="WeightLoadException"/>.</summary>
    public static FileByteSource Open(string path)
    {
        string name = WeightProblem.Quote(path);
        SafeFileHandle? file = null;
        try
        {
            if (Directory.Exists(path))
            {
                throw new WeightProblem(WeightLoadError.IsDirectory, "the path is a folder, not a file",
                    "Give the path of the weight file inside it, usually model.safetensors.").In(name);
            }
            file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.SequentialScan);
            var source = new FileByteSource(name, file, RandomAccess.GetLength(file), File.GetLastWriteTimeUtc(file));
            file = null;
            return source;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Wrap(name, e, new WeightProblem(WeightLoadError.FileNotFound,
                "there is no such file",
                "Check the path, which starts at the current folder unless it is absolute, and that the file is copied to where the program runs."));
        }
        catch (Exception e) when (IsFileFailure(e))
        {
            throw Unreadable(name, e);
        }
        finally
        {
            file?.Dispose();
        }
    }

    /// <inheritdoc/>
    public override void Read(long offset, Span<byte> destination)
    {
        ObjectDisposedException.ThrowIf(_file.IsClosed, typeof(SafetensorsFile));
        try
        {
            while (destination.Length > 0)
            {
                int read = RandomAccess.Read(_file, destination, offset);
                if (read == 0)
                {
                    throw Shortened(offset);
                }
                offset += read;
                destination = destination[read..];
            }
        }
        catch (Exception e) when (IsFileFailure(e))
        {
            throw Unreadable(Name, e);
        }
    }

    /// <inheritdoc/>
    public override unsafe ReadOnlySpan<byte> Span(long offset, int length)
    {
        return new ReadOnlySpan<byte>(Map(offset + length) + offset, length);
    }

    /// <summary>Maps the file.</summary>
    /// <inheritdoc/>
    public override unsafe byte* Map(long end)
    {
        ObjectDisposedException.ThrowIf(_file.IsClosed, typeof(SafetensorsFile));
        MemoryMappedViewAccessor view = View(end);
        // The view's own handle keeps the pages mapped until Dispose; a counted reference for each span could never be given back.
        return (byte*)view.SafeMemoryMappedViewHandle.DangerousGetHandle() + view.PointerOffset;
    }

    /// <inheritdoc/>
    public override void ThrowIfChanged()
    {
        ObjectDisposedException.ThrowIf(_file.IsClosed, typeof(SafetensorsFile));
        try
        {
            if (RandomAccess.GetLength(_file) is var length && length != Length)
            {
                throw Shortened(Math.Min(length, Length));
            }
            if (File.GetLastWriteTimeUtc(_file) != _written)
            {
                throw new WeightProblem(WeightLoadError.FileChanged, "another program wrote to the file while it was being read",
                    "Load it again; to replace a weight file that is in use, write a new file and rename it over the old one.").In(Name);
            }
        }
        catch (Exception e) when (IsFileFailure(e))
        {
            throw Unreadable(Name, e);
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        lock (_mapping)
        {
            _view?.Dispose();
            _map?.Dispose();
            _file.Dispose();
        }
    }

    private MemoryMappedViewAccessor View(long end)
    {
        lock (_mapping)
        {
            ObjectDisposedException.ThrowIf(_file.IsClosed, typeof(SafetensorsFile));
            try
            {
                if (RandomAccess.GetLength(_file) < end)
                {
                    throw Shortened(end);
                }
                _map ??= MemoryMappedFile.CreateFromFile(
                    _file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
                return _view ??= _map.CreateViewAccessor(0, Length, MemoryMappedFileAccess.Read);
            }
            catch (Exception e) when (IsFileFailure(e))
            {
                throw Unreadable(Name, e);
            }
        }
    }

    private WeightLoadException Shortened(long offset) => new WeightProblem(
        WeightLoadError.FileChanged, "another program changed the file's length while it was being read",
        "Load it again; to replace a weight file that is in use, write a new file and rename it over the old one.")
    {
        Offset = offset,
        Expected = $"{Length} bytes",
    }.In(Name);

    // What the file system can answer: rights, locks, broken disks, devices that cannot seek, paths that it cannot express.
    private static bool IsFileFailure(Exception e) =>
        e is IOException or UnauthorizedAccessException or System.Security.SecurityException or NotSupportedException or ArgumentException;

    private static WeightLoadException Unreadable(string name, Exception e) => Wrap(name, e, new WeightProblem(
        WeightLoadError.Unreadable, $"the file could not be read ({e.Message.TrimEnd('.')})",
        "Check the path, the rights on the file, and that no other program holds it open for writing."));

    private static WeightLoadException Wrap(string name, Exception e, WeightProblem problem) => new(name, problem, [], e);
}
