using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;

namespace Formwork.Weights;

/// <summary>
/// An opened safetensors file (<see href="https://github.com/huggingface/safetensors#format"/>): eight bytes with the header's length N,
/// N bytes of JSON, then the tensors' bytes. The whole header is validated on opening, so that every tensor handed out lies inside the
/// file and has exactly the bytes of its shape; the tensors' values are not looked at. Thread-safe, except for <see cref="Dispose"/>.
/// </summary>
public sealed class SafetensorsFile : ITensorSet, IDisposable
{
    private readonly ByteSource _source;
    private readonly Dictionary<string, SafetensorsTensor> _byName;

    private SafetensorsFile(ByteSource source)
    {
        byte[] header = SafetensorsContainer.ReadHeader(source);
        List<SafetensorsEntry> entries = SafetensorsHeader.Parse(source.Name, header);
        long dataStart = SafetensorsLimits.LengthBytes + (long)header.Length;
        SafetensorsLayout.Validate(source.Name, entries, dataStart, source.Length);

        var tensors = new SafetensorsTensor[entries.Count];
        _byName = new Dictionary<string, SafetensorsTensor>(tensors.Length);
        for (int i = 0; i < tensors.Length; i++)
        {
            tensors[i] = new SafetensorsTensor(source, entries[i], dataStart);
            _byName.Add(tensors[i].Name, tensors[i]);
        }
        Tensors = new ReadOnlyCollection<SafetensorsTensor>(tensors);
        _source = source;
    }

    /// <summary>All tensors, in the order of their bytes in the file.</summary>
    public ReadOnlyCollection<SafetensorsTensor> Tensors { get; }

    internal ByteSource Source => _source;

    string ITensorSet.Name => _source.Name;

    IReadOnlyList<SafetensorsTensor> ITensorSet.Tensors => Tensors;

    void ITensorSet.ThrowIfChanged() => _source.ThrowIfChanged();

    /// <summary>Opens and validates a file of any length. It stays open until <see cref="Dispose"/>.</summary>
    /// <param name="path">The file's path.</param>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    /// <exception cref="WeightLoadException">The file is missing, cannot be read, or is not a valid safetensors file.</exception>
    public static SafetensorsFile Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Over(FileByteSource.Open(path));
    }

    /// <summary>Validates a file that is already in memory. Nothing of its data is copied: the memory must not be reused while the
    /// result is in use.</summary>
    /// <param name="bytes">The file's bytes.</param>
    /// <exception cref="WeightLoadException">The bytes are not a valid safetensors file.</exception>
    public static SafetensorsFile FromMemory(ReadOnlyMemory<byte> bytes) => Over(new MemoryByteSource(bytes));

    /// <summary>Finds a tensor by its exact name.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <param name="tensor">The tensor, or null if there is none of that name.</param>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    public bool TryGet(string name, [NotNullWhen(true)] out SafetensorsTensor? tensor) => _byName.TryGetValue(name, out tensor);

    /// <summary>Closes the file and ends its mapping. Spans taken from its tensors must not be used any more.</summary>
    public void Dispose() => _source.Dispose();

    /// <summary>Validates an opened source, which it takes over: disposed with the file, or at once if this fails.</summary>
    internal static SafetensorsFile Over(ByteSource source)
    {
        try
        {
            return new SafetensorsFile(source);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }
}
