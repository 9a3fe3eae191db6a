using Formwork.Generator.Model;

namespace Formwork.Generator.Lowering;

/// <summary>A named stretch of scratch or state, in floats, alive from its first to its last use.</summary>
/// <param name="Name">What it holds, as an identifier.</param>
/// <param name="Length">Its length in floats.</param>
/// <param name="Offset">Where it starts, in floats.</param>
/// <param name="FirstUse">The step that first writes it.</param>
/// <param name="LastUse">The step that last reads it.</param>
internal sealed record MemorySlot(string Name, Size Length, long Offset, int FirstUse, int LastUse)
{
    /// <summary>The first float behind the slot.</summary>
    public long End => Offset + MemoryPlan.Align(Length.Value);

    /// <summary>Whether both are needed at some step, so that they may not share memory.</summary>
    public bool IsAliveWith(MemorySlot other) => FirstUse <= other.LastUse && other.FirstUse <= LastUse;
}

/// <summary>Slots with their offsets: those never alive together may lie on each other.</summary>
/// <param name="Slots">In the order of their declaration.</param>
/// <param name="Length">Floats that hold them all.</param>
internal sealed record MemoryPlan(EquatableArray<MemorySlot> Slots, long Length)
{
    /// <summary>Slots start on multiples of 16 floats: one 64-byte cache line.</summary>
    private const int Alignment = 16;

    /// <summary>Rounds a length up to the alignment.</summary>
    public static long Align(long floats) => (floats + Alignment - 1) / Alignment * Alignment;

    /// <summary>
    /// Gives every slot an offset from its lifetime: largest first, each at the lowest offset that collides with no slot alive at the
    /// same time. (Greedy-by-size offset assignment, Pisarchyk and Lee 2020, "Efficient Memory Management for Deep Neural Net Inference".)
    /// </summary>
    /// <param name="slots">Slots whose offsets do not count yet.</param>
    public static MemoryPlan Assign(IReadOnlyList<MemorySlot> slots)
    {
        var placed = new List<MemorySlot>();
        foreach (MemorySlot slot in slots.OrderByDescending(static slot => slot.Length.Value))
        {
            long offset = 0;
            foreach (MemorySlot other in placed.Where(slot.IsAliveWith).OrderBy(static other => other.Offset))
            {
                if (offset + Align(slot.Length.Value) <= other.Offset)
                {
                    break;
                }

                offset = Math.Max(offset, other.End);
            }

            placed.Add(slot with { Offset = offset });
        }

        Dictionary<string, MemorySlot> byName = placed.ToDictionary(static slot => slot.Name);
        return new(
            new(slots.Select(slot => byName[slot.Name])),
            placed.Count == 0 ? 0 : placed.Max(static slot => slot.End));
    }
}
