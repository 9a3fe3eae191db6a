using System.ComponentModel;

namespace Formwork.Weights;

/// <summary>Files of packed weights (<c>.fw</c>): a model's weight memory as it is, so that loading has nothing to convert.</summary>
public static class PackedWeights
{
    // Small enough that a checksum finds the bytes in the cache that reading them has filled.
    private const int ChunkBytes = 1 << 18;

    /// <summary>Reads a whole file and compares it with its checksums, whatever model it belongs to. Loading a file that stays mapped does not
    /// read it all, so that it checks the header alone.</summary>
    /// <param name="path">The file's path.</param>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    /// <exception cref="WeightLoadException">The file is missing, cannot be read, or is damaged; the message says how.</exception>
    public static void Verify(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        using FileByteSource source = FileByteSource.Open(path);
        PackedHeader header = PackedHeader.Read(source);
        uint checksum = Crc32C.Empty;
        byte[] chunk = new byte[(int)Math.Min(ChunkBytes, header.DataLength)];
        for (long done = 0; done < header.DataLength; done += ChunkBytes)
        {
            Span<byte> part = chunk.AsSpan(0, (int)Math.Min(ChunkBytes, header.DataLength - done));
            source.Read(header.DataOffset + done, part);
            checksum = Crc32C.Append(checksum, part);
        }

        source.ThrowIfChanged();
        ThrowIfDamaged(header, checksum, source.Name);
    }

    /// <summary>Writes a model's weights. The file appears complete or not at all, and replaces one that is there only then.</summary>
    /// <param name="path">The file's path, usually ending in <c>.fw</c>.</param>
    /// <param name="layout">The model's layout.</param>
    /// <param name="memory">Its weights; they may be in use.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ObjectDisposedException">The weights were disposed.</exception>
    /// <exception cref="WeightSaveException">The file could not be written; nothing of it is left.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static unsafe void Save(string path, WeightLayout layout, WeightMemory memory)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(memory);
        if (!BitConverter.IsLittleEndian)
        {
            throw new WeightSaveException(WeightProblem.Quote(path), "packed weights are little-endian and this machine is not",
                "Save them on a little-endian machine; there is nothing to gain from the file on this one.", null);
        }

        uint checksum = Crc32C.Empty;
        for (long done = 0; done < layout.Bytes; done += ChunkBytes)
        {
            checksum = Crc32C.Append(checksum, Part(memory, done, layout.Bytes));
        }

        var header = new PackedHeader(layout.Model, layout.Fingerprint, PackedHeader.Page, layout.Bytes, checksum);
        AtomicFile.Write(path, header.DataOffset + header.DataLength, stream =>
        {
            stream.Write(header.ToBytes());
            for (long done = 0; done < layout.Bytes; done += ChunkBytes)
            {
                stream.Write(Part(memory, done, layout.Bytes));
            }
        });
        GC.KeepAlive(memory);
    }

    /// <summary>Loads from a source that <see cref="PackedHeader.IsAt(ByteSource)"/> was true for, and takes it over: it lives as long as the
    /// memory that is mapped, and no longer than the call if that fails or copies.</summary>
    /// <exception cref="WeightLoadException">The source is damaged, or another model's.</exception>
    internal static WeightMemory Load(ByteSource source, WeightLayout layout, WeightStorage storage)
    {
        WeightMemory? mapped = null;
        try
        {
            PackedHeader header = PackedHeader.Read(source);
            string name = $"{source.Name} as {layout.Model}";
            if (header.Mismatch(layout) is { } mismatch)
            {
                throw mismatch.In(name);
            }

            if (!BitConverter.IsLittleEndian)
            {
                throw new WeightProblem(WeightLoadError.WrongEndianness, "packed weights are little-endian and this machine is not",
                    "Load the original safetensors file.").In(name);
            }

            mapped = storage == WeightStorage.Mapped ? Map(source, header, name) : null;
            return mapped ?? Copy(source, header, name);
        }
        finally
        {
            if (mapped is null)
            {
                source.Dispose();
            }
        }
    }

    private static unsafe WeightMemory? Map(ByteSource source, PackedHeader header, string name)
    {
        try
        {
            byte* start = source.Map(header.DataOffset + header.DataLength);
            return start == null ? null : new WeightMemory(source, start + header.DataOffset, header.DataLength);
        }
        catch (OutOfMemoryException e)
        {
            throw WeightLoader.OutOfMemory(header.DataLength, name, e);
        }
    }

    private static unsafe WeightMemory Copy(ByteSource source, PackedHeader header, string name)
    {
        WeightMemory memory = WeightLoader.Allocate(header.DataLength, name, static bytes => new WeightMemory(bytes));
        try
        {
            uint checksum = Crc32C.Empty;
            for (long done = 0; done < header.DataLength; done += ChunkBytes)
            {
                int length = (int)Math.Min(ChunkBytes, header.DataLength - done);
                var part = new Span<byte>(memory.At(done, length), length);
                source.Read(header.DataOffset + done, part);
                checksum = Crc32C.Append(checksum, part);
            }

            source.ThrowIfChanged();
            ThrowIfDamaged(header, checksum, name);
            return memory;
        }
        catch
        {
            memory.Dispose();
            throw;
        }
    }

    private static unsafe ReadOnlySpan<byte> Part(WeightMemory memory, long offset, long end)
    {
        int length = (int)Math.Min(ChunkBytes, end - offset);
        return new ReadOnlySpan<byte>(memory.At(offset, length), length);
    }

    private static void ThrowIfDamaged(PackedHeader header, uint checksum, string name)
    {
        if (checksum != header.DataChecksum)
        {
            throw new WeightProblem(WeightLoadError.DataDamaged, "its weights do not have the checksum that they were saved with",
                "The file is damaged: copy it again, or load the original safetensors file and save it again.")
            { Offset = header.DataOffset, Expected = $"0x{header.DataChecksum:X8}", Found = $"0x{checksum:X8}" }.In(name);
        }
    }
}
