using Formwork.Generator.Model;

namespace Formwork.Generator.Lowering.Reports;

/// <summary>A slot of state or scratch, in bytes.</summary>
/// <param name="Name">What it holds.</param>
/// <param name="Offset">Where it starts.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="FirstUse">The step that first writes it.</param>
/// <param name="LastUse">The step that last reads it.</param>
internal sealed record SlotReport(string Name, long Offset, long Bytes, int FirstUse, int LastUse)
{
    /// <summary>Describes the slots of a plan.</summary>
    /// <param name="memory">The plan.</param>
    /// <param name="start">Bytes before its first slot.</param>
    public static IEnumerable<SlotReport> Of(MemoryPlan memory, long start) => memory.Slots.Select(slot => new SlotReport(
        slot.Name, start + (slot.Offset * sizeof(float)), slot.Length.Value * sizeof(float), slot.FirstUse, slot.LastUse));
}

/// <summary>The scratch of one kind of method.</summary>
/// <param name="Name">The method's name, without a layer's number.</param>
/// <param name="OnStack">Whether it lies on the stack, or in the state.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Slots">Its slots; uses count the method's operations.</param>
internal sealed record ScratchReport(string Name, bool OnStack, long Bytes, EquatableArray<SlotReport> Slots);
