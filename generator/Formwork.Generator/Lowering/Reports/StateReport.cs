using Formwork.Generator.Model;

namespace Formwork.Generator.Lowering.Reports;

/// <summary>The phases of a run, in which the slots of a state live.</summary>
internal enum StatePhase
{
    Encode,
    CrossCache,
    Decode,
}

/// <summary>A slot of the state with the phases in which it is needed.</summary>
internal sealed record StateSlotReport(SlotReport Slot, StatePhase First, StatePhase Last);

/// <summary>Where the bytes of a state go.</summary>
/// <param name="Bytes">Bytes of a state.</param>
/// <param name="HeaderBytes">Bytes before its first slot.</param>
/// <param name="Slots">Its slots; those never needed together may lie on each other.</param>
internal sealed record StateReport(long Bytes, long HeaderBytes, EquatableArray<StateSlotReport> Slots)
{
    /// <summary>Bytes that the slots would take side by side.</summary>
    public long SlotBytes => Slots.Sum(static slot => slot.Slot.Bytes);

    /// <summary>Describes the state.</summary>
    public static StateReport Of(MemoryPlan state, long stateBytes)
    {
        const long Header = PlanLowering.StateHeaderFloats * sizeof(float);

        // Decoding is the last step of all, the cross cache the one before it, and everything earlier belongs to the encoder.
        int decode = state.Slots.Max(static slot => slot.LastUse);
        return new(stateBytes, Header, new(SlotReport.Of(state, Header).Select(slot => new StateSlotReport(slot, Phase(slot.FirstUse), Phase(slot.LastUse)))));

        StatePhase Phase(int step) => step == decode ? StatePhase.Decode : step == decode - 1 ? StatePhase.CrossCache : StatePhase.Encode;
    }
}
