using Formwork.Kernels;

namespace Formwork.Weights;

/// <summary>Moves tensors into the weight memory. The values that are checked are the copies that are kept, so a file that changes
/// meanwhile cannot slip an unchecked value in.</summary>
internal sealed class WeightCopier(WeightMemory memory, string source)
{
    // Half a megabyte of floats on the way to a panel: 32 rows of 4,096 columns, and small enough for a second-level cache.
    private const int TileFloats = 1 << 17;
    private float[]? _tile;

    /// <summary>Fills one slot.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="tensor">Its tensor, already checked against it, or null where the model does without.</param>
    public void Fill(in WeightSlot slot, SafetensorsTensor? tensor)
    {
        if (tensor is null)
        {
            if (slot.Kind == WeightSlotKind.SinusoidalPositions)
            {
                Compute(slot);
            }
        }
        else if (slot.Buckets is { } buckets)
        {
            Spread(slot, buckets, tensor);
        }
        else if (slot.Packer is { } packer)
        {
            Pack(slot, packer, tensor);
        }
        else
        {
            Copy(slot, tensor);
        }
    }

    private void Spread(in WeightSlot slot, byte[] buckets, SafetensorsTensor tensor)
    {
        float[] table = new float[slot.FileRows * slot.Columns];
        Read(tensor, 0, table);
        for (int head = 0; head < slot.Columns; head++)
        {
            Span<float> biases = memory.WritableFloats(slot.Offset + ((long)head * slot.Stride * sizeof(float)), slot.Stride);
            for (int distance = 0; distance < buckets.Length; distance++)
            {
                biases[distance] = table[(buckets[distance] * slot.Columns) + head];
            }
        }
    }

    private void Copy(in WeightSlot slot, SafetensorsTensor tensor)
    {
        long first = (long)slot.FirstFileRow * slot.Columns;
        long count = (long)slot.RowCount * slot.Columns;
        for (long done = 0; done < count; done += TileFloats)
        {
            Read(tensor, first + done, memory.WritableFloats(slot.Offset + (done * sizeof(float)), (int)Math.Min(TileFloats, count - done)));
        }
    }

    private unsafe void Pack(in WeightSlot slot, MatrixPacker packer, SafetensorsTensor tensor)
    {
        int columns = slot.Columns;
        if (_tile is null || _tile.Length < columns)
        {
            _tile = GC.AllocateUninitializedArray<float>(Math.Max(TileFloats, columns));
        }

        long panelBytes = packer.PanelBytes(columns);
        for (int row = 0; row < slot.RowCount;)
        {
            int packed = slot.FirstPackedRow + row;
            int count = RowsOfTile(packed, slot.RowCount - row, columns);
            Span<float> tile = _tile.AsSpan(0, count * columns);
            Read(tensor, (long)row * columns, tile);
            CheckRange(packer, tensor, (long)row * columns, tile);
            for (int i = 0; i < count;)
            {
                int lane = (packed + i) % PanelLayout.Width;
                int lanes = Math.Min(PanelLayout.Width - lane, count - i);
                byte* panel = memory.At(slot.Offset + ((packed + i) / PanelLayout.Width * panelBytes), panelBytes);
                packer.Pack(tile.Slice(i * columns, lanes * columns), columns, panel, lane);
                i += lanes;
            }

            row += count;
        }
    }

    // As many rows as the tile holds, ending with a whole panel where it can, unless the matrix ends first.
    private static int RowsOfTile(int packed, int left, int columns)
    {
        int fit = Math.Max(1, TileFloats / columns);
        int beyond = (int)(((long)packed + fit) % PanelLayout.Width);
        return Math.Min(left, fit > beyond ? fit - beyond : fit);
    }

    private void Compute(in WeightSlot slot)
    {
        int rows = Math.Max(1, TileFloats / slot.Columns);
        for (int row = 0; row < slot.RowCount; row += rows)
        {
            int count = Math.Min(rows, slot.RowCount - row);
            Sinusoid.Fill(slot.Sinusoid, slot.FirstFileRow + row, count, slot.Columns,
                memory.WritableFloats(slot.Offset + ((long)row * slot.Columns * sizeof(float)), count * slot.Columns));
        }
    }

    private void CheckRange(MatrixPacker packer, SafetensorsTensor tensor, long first, ReadOnlySpan<float> values)
    {
        if (packer.Type is not (WeightType.Float16 or WeightType.BFloat16))
        {
            return;
        }

        for (int i = 0; i < values.Length; i++)
        {
            if (!packer.Fits(values[i]))
            {
                long element = first + i;
                string value = values[i].ToString("R", System.Globalization.CultureInfo.InvariantCulture);
                throw new WeightProblem(WeightLoadError.OutOfRange,
                    $"tensor {WeightProblem.Quote(tensor.Name)} holds {value} at {ElementIndex.Describe(tensor, element)}, which is beyond {packer.Type}",
                    "Declare another weight type for this part of the model: Float32 and Int8 hold any weight, Float16 none beyond 65504.")
                {
                    Tensor = tensor.Name,
                    Offset = tensor.Offset + (element * (tensor.DType.Bits() / 8)),
                    Expected = $"a weight that {packer.Type} can hold",
                    Found = value,
                }.In(source);
            }
        }
    }

    private void Read(SafetensorsTensor tensor, long first, Span<float> destination)
    {
        tensor.ReadFloats(first, destination);
        int index = Finite.IndexOfNotFinite(destination);
        if (index < 0)
        {
            return;
        }
        long element = first + index;
        string value = float.IsNaN(destination[index]) ? "NaN" : "infinity";
        throw new WeightProblem(WeightLoadError.NotFinite,
            $"tensor {WeightProblem.Quote(tensor.Name)} holds {value} at {ElementIndex.Describe(tensor, element)}",
            "One such value makes every output NaN. The training diverged or the conversion overflowed (F16 ends at 65504): convert again from the original, or as F32.")
        {
            Tensor = tensor.Name,
            Offset = tensor.Offset + element * (tensor.DType.Bits() / 8),
            Expected = "a finite number",
            Found = value,
        }.In(source);
    }
}
