using Formwork.Generator.Lowering;

namespace Formwork.Generator.Emission;

/// <summary>Prints a method's body: its views of the state, its scratch, its blocks.</summary>
internal static class MethodEmitter
{
    /// <summary>Prints a whole method.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="method">The method.</param>
    /// <param name="signature">Its signature.</param>
    /// <param name="before">Prints what comes before the operations, such as argument checks.</param>
    /// <param name="after">Prints what comes behind them.</param>
    public static void Emit(
        SourceWriter writer, ExecutionPlan plan, MethodPlan method, string signature, Action? before = null, Action? after = null)
    {
        if (method.Scratch is { OnStack: true } && plan.Spec.Options.SkipLocalsInit)
        {
            writer.Line("[global::System.Runtime.CompilerServices.SkipLocalsInit]");
        }

        using (writer.Block(signature))
        {
            before?.Invoke();
            foreach (StateLocal local in method.Locals)
            {
                string rows = local.RowWidth is { } width ? $".Slice(0, sourceLength * {width.Text})" : string.Empty;
                writer.Line($"{Types.Floats} {local.Name} = state.{local.Slot}{rows};");
            }

            Scratch(writer, method.Scratch);
            bool isFirst = before is null && method.Locals.Count == 0 && method.Scratch is null;
            foreach (BlockPlan block in method.Blocks)
            {
                if (!isFirst)
                {
                    writer.Line();
                }

                isFirst = false;
                writer.Line("// " + block.Comment);
                foreach (Operation operation in block.Operations)
                {
                    OperationEmitter.Emit(writer, operation);
                }
            }

            after?.Invoke();
        }
    }

    /// <summary>Prints a public method that begins a call on a state and leaves the work to another one.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="signature">Its signature.</param>
    /// <param name="call">The statement that does the work.</param>
    public static void Guarded(SourceWriter writer, string signature, string call)
    {
        using (writer.Block(signature))
        {
            writer.Line("using global::Formwork.StateUse use = state.Use(_lifetime);");
            writer.Line(call);
        }
    }

    private static void Scratch(SourceWriter writer, ScratchPlan? scratch)
    {
        if (scratch is null || scratch.Memory.Slots.Count == 0)
        {
            return;
        }

        string memory = scratch.OnStack ? $"stackalloc float[{scratch.LengthName}]" : $"state.{scratch.StateSlot}";
        writer.Line($"{Types.Floats} scratch = {memory};");
        foreach (MemorySlot slot in scratch.Memory.Slots)
        {
            writer.Line($"{Types.Floats} {slot.Name} = scratch.Slice({scratch.OffsetName(slot)}, {slot.Length.Text});");
        }
    }
}
