namespace Formwork.Weights;

/// <summary>
/// Checks the tensors' places against each other and against the file, as the format's reference implementation does: in order of
/// offset, every tensor begins where the one before it ends, the first at 0 and the last at the end of the file, and every tensor has
/// exactly the bytes of its shape. After this no offset needs to be doubted again.
/// </summary>
internal static class SafetensorsLayout
{
    private const string Damaged = "The file is damaged, or was not written by a safetensors library: download or write it again.";

    /// <summary>Sorts the entries by offset and refuses any that does not fit.</summary>
    /// <param name="source">The file, as messages call it.</param>
    /// <param name="entries">The header's entries.</param>
    /// <param name="dataStart">The file's first byte after the header.</param>
    /// <param name="fileLength">The file's length in bytes.</param>
    public static void Validate(string source, List<SafetensorsEntry> entries, long dataStart, long fileLength)
    {
        foreach (SafetensorsEntry entry in entries)
        {
            CheckSize(source, entry);
        }
        entries.Sort((a, b) => a.Begin != b.Begin ? a.Begin.CompareTo(b.Begin)
            : a.End != b.End ? a.End.CompareTo(b.End)
            : string.CompareOrdinal(a.Name, b.Name));

        long dataLength = fileLength - dataStart;
        long position = 0;
        string before = "the header";
        foreach (SafetensorsEntry entry in entries)
        {
            string name = WeightProblem.Quote(entry.Name);
            if (entry.End > dataLength)
            {
                long last = entries[^1].End;
                throw new WeightProblem(WeightLoadError.PastEnd,
                    $"tensor {name} ends {entry.End} bytes into the data and the file has {dataLength} bytes of data",
                    $"The file is incomplete (its header describes {last} bytes of data): download or copy it again.")
                { Tensor = entry.Name, Offset = dataStart + entry.Begin, Expected = $"{entry.End} bytes", Found = $"{dataLength} bytes" }.In(source);
            }
            if (entry.Begin < position)
            {
                throw new WeightProblem(WeightLoadError.Overlap,
                    $"tensor {name} begins {entry.Begin} bytes into the data, inside {before}, which ends at {position}", Damaged)
                { Tensor = entry.Name, Offset = dataStart + entry.Begin, Expected = $"{position}", Found = $"{entry.Begin}" }.In(source);
            }
            if (entry.Begin > position)
            {
                throw new WeightProblem(WeightLoadError.Hole,
                    $"the {entry.Begin - position} bytes between {before} and tensor {name} belong to no tensor", Damaged)
                { Tensor = entry.Name, Offset = dataStart + position, Expected = $"{position}", Found = $"{entry.Begin}" }.In(source);
            }
            position = entry.End;
            before = $"tensor {name}";
        }
        if (position < dataLength)
        {
            throw new WeightProblem(WeightLoadError.TrailingBytes,
                $"{dataLength - position} bytes follow {before} and belong to no tensor", Damaged)
            { Offset = dataStart + position, Expected = $"{dataStart + position} bytes", Found = $"{fileLength} bytes" }.In(source);
        }
    }

    private static void CheckSize(string source, in SafetensorsEntry entry)
    {
        string name = WeightProblem.Quote(entry.Name);
        if (entry.Begin > entry.End)
        {
            throw new WeightProblem(WeightLoadError.ReversedOffsets,
                $"tensor {name} begins {entry.Begin} bytes into the data, after its end at {entry.End}", Damaged)
            { Tensor = entry.Name, Offset = entry.Place, Expected = $"at most {entry.End}", Found = $"{entry.Begin}" }.In(source);
        }
        string shape = WeightProblem.Shape(entry.Shape);
        Int128 bits = entry.DType.Bits();
        foreach (long dimension in entry.Shape)
        {
            // Both factors are below 2^63, so the product of two fits; a zero further on does not undo an overflow, as in the reference.
            bits *= dimension;
            if (bits > long.MaxValue)
            {
                throw new WeightProblem(WeightLoadError.ShapeOverflow, $"tensor {name} has the shape {shape}, whose size is beyond every file", Damaged)
                { Tensor = entry.Name, Offset = entry.Place, Found = shape }.In(source);
            }
        }
        if (bits % 8 != 0)
        {
            throw new WeightProblem(WeightLoadError.SubByteMisaligned,
                $"tensor {name} has {bits} bits ({entry.DType} {shape}), which do not fill whole bytes", Damaged)
            { Tensor = entry.Name, Offset = entry.Place, Found = $"{bits} bits" }.In(source);
        }
        if (bits / 8 != entry.End - entry.Begin)
        {
            throw new WeightProblem(WeightLoadError.SizeMismatch,
                $"tensor {name} has {entry.End - entry.Begin} bytes and its shape, {entry.DType} {shape}, takes {bits / 8}", Damaged)
            { Tensor = entry.Name, Offset = entry.Place, Expected = $"{bits / 8} bytes", Found = $"{entry.End - entry.Begin} bytes" }.In(source);
        }
    }
}
