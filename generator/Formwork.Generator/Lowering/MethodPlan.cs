using Formwork.Generator.Model;

namespace Formwork.Generator.Lowering;

/// <summary>Operations under one comment.</summary>
/// <param name="Comment">What is computed, as a formula with its shapes.</param>
/// <param name="Operations">In order.</param>
internal sealed record BlockPlan(string Comment, EquatableArray<Operation> Operations);

/// <summary>The body of one generated method.</summary>
/// <param name="Name">The method's name.</param>
/// <param name="Summary">Its one-line documentation.</param>
/// <param name="Scratch">The scratch it slices, or null.</param>
/// <param name="Locals">The state's slots it uses, under local names.</param>
/// <param name="Blocks">What it does.</param>
internal sealed record MethodPlan(string Name, string Summary, ScratchPlan? Scratch, EquatableArray<StateLocal> Locals, EquatableArray<BlockPlan> Blocks);

/// <summary>A slot of the state under the name that one method gives it.</summary>
/// <param name="Name">The local name.</param>
/// <param name="Slot">The state's property.</param>
/// <param name="RowWidth">Floats of one source row, where only the rows of the present source are meant; null for the whole slot.</param>
internal sealed record StateLocal(string Name, string Slot, Size? RowWidth = null);

/// <summary>The scratch of one kind of method; every layer of a stack shares one layout.</summary>
/// <param name="Name">Prefix of its constants: <c>DecodeLayer</c>.</param>
/// <param name="Memory">The slots.</param>
/// <param name="OnStack">Whether it is a <c>stackalloc</c>; otherwise it lies in the state.</param>
internal sealed record ScratchPlan(string Name, MemoryPlan Memory, bool OnStack)
{
    /// <summary>The constant that holds its length in floats.</summary>
    public string LengthName => Name + "Scratch";

    /// <summary>The state's slot that holds it, where it is not on the stack.</summary>
    public string StateSlot => LengthName + "Memory";

    /// <summary>The constant that holds a slot's offset in floats.</summary>
    public string OffsetName(MemorySlot slot) => $"{Name}{Identifier.Pascal(slot.Name)}At";
}
