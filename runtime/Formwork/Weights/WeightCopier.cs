using Formwork.Kernels;

namespace Formwork.Weights;

/// <summary>Moves tensors into the weight memory. The values that are checked are the copies that are kept, so a file that changes
/// meanwhile cannot slip an unchecked value in.</summary>
internal sealed class WeightCopier(WeightMemory memory, string source)
{
    // Half a megabyte of floats on the way to a panel: 32 rows of 4,096 columns, and small enough for a second-level cache.
    private const int TileFloats = 1 << 17;
    private const int TileColumns = TileFloats / PanelLayout.Width;
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
        else if (slot.Kind == WeightSlotKind.Panels)
        {
            Pack(slot, tensor);
        }
        else
        {
            Copy(slot, tensor);
        }
    }

    private void Copy(in WeightSlot slot, SafetensorsTensor tensor)
    {
        long first = (long)slot.FirstFileRow * slot.Columns;
        long count = (long)slot.RowCount * slot.Columns;
        for (long done = 0; done < count; done += TileFloats)
        {
            Read(tensor, first + done, memory.Writable(slot.Offset + done, (int)Math.Min(TileFloats, count - done)));
        }
    }

    private void Pack(in WeightSlot slot, SafetensorsTensor tensor)
    {
        _tile ??= GC.AllocateUninitializedArray<float>(TileFloats);
        int width = Math.Min(slot.Columns, TileColumns);
        for (int row = 0; row < slot.RowCount;)
        {
            int packed = slot.FirstPackedRow + row;
            int count = RowsOfTile(packed, slot.RowCount - row, width);
            for (int column = 0; column < slot.Columns; column += width)
            {
                PackTile(slot, tensor, row, count, column, Math.Min(width, slot.Columns - column));
            }
            row += count;
        }
    }

    // As many rows as the tile holds, ending with a whole panel unless the matrix ends first.
    private static int RowsOfTile(int packed, int left, int width)
    {
        int fit = TileFloats / width;
        int whole = fit - (int)(((long)packed + fit) % PanelLayout.Width);
        return Math.Min(left, whole);
    }

    private void PackTile(in WeightSlot slot, SafetensorsTensor tensor, int row, int count, int column, int width)
    {
        Span<float> tile = _tile.AsSpan(0, count * width);
        if (width == slot.Columns)
        {
            Read(tensor, (long)row * width, tile);
        }
        else
        {
            for (int i = 0; i < count; i++)
            {
                Read(tensor, (long)(row + i) * slot.Columns + column, tile.Slice(i * width, width));
            }
        }
        for (int i = 0; i < count;)
        {
            int packed = slot.FirstPackedRow + row + i;
            int lane = packed % PanelLayout.Width;
            int lanes = Math.Min(PanelLayout.Width - lane, count - i);
            long panel = slot.Offset + PanelLayout.IndexOf(packed - lane, column, slot.Columns);
            PanelPacker.Pack(tile.Slice(i * width, lanes * width), width, memory.Writable(panel, width * PanelLayout.Width), lane);
            i += lanes;
        }
    }

    private void Compute(in WeightSlot slot)
    {
        int rows = Math.Max(1, TileFloats / slot.Columns);
        for (int row = 0; row < slot.RowCount; row += rows)
        {
            int count = Math.Min(rows, slot.RowCount - row);
            Sinusoid.Fill(slot.Sinusoid, slot.FirstFileRow + row, count, slot.Columns,
                memory.Writable(slot.Offset + (long)row * slot.Columns, count * slot.Columns));
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
