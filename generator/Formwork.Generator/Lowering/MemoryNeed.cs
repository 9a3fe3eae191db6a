using Formwork.Generator.Model;

namespace Formwork.Generator.Lowering;

/// <summary>The memory that a specification asks for, worked out without the rest of its plan.</summary>
/// <param name="Scratches">The scratch layouts.</param>
/// <param name="Weights">The weights.</param>
/// <param name="State">The state's slots after its header.</param>
/// <param name="Batch">Decoding several hypotheses at once, or null where the declaration has none.</param>
/// <param name="MaxBatch">The sources of a batch.</param>
/// <param name="BatchLanes">Floats of the self-attention caches that a batch has beside its states.</param>
/// <param name="StackIssues">What the stack budget says.</param>
internal sealed record MemoryNeed(
    IReadOnlyList<ScratchPlan> Scratches, WeightPlan Weights, MemoryPlan State, BatchPlan? Batch, int MaxBatch, Size BatchLanes, IReadOnlyList<PlanIssue> StackIssues)
{
    private const string DecodeLayer = "DecodeLayer";
    private const string DecodeStep = "DecodeStep";

    /// <summary>Bytes of a state.</summary>
    public long StateBytes => (PlanLowering.StateHeaderFloats + State.Length) * sizeof(float);

    /// <summary>Bytes of a batch; 0 where there is none.</summary>
    public long BatchBytes => Batch is null ? 0 : (MaxBatch * StateBytes) + ((BatchLanes.Value + Batch.Rows.Length) * sizeof(float));

    /// <summary>Works it out.</summary>
    public static MemoryNeed Of(TransformerSpec spec)
    {
        var sizes = new ModelSizes(spec);
        var names = new WeightNames(spec);
        var encoder = new EncoderLowering(spec, sizes, names);
        var decoder = new DecoderLowering(spec, sizes, names);
        var budget = new StackBudget(spec.Options);
        IReadOnlyList<ScratchPlan> scratches = budget.Fit(
            Scratch(DecodeLayer, decoder.Layer(0).WithLifetimes(decoder.LayerScratch)),
            Scratch(DecodeStep, decoder.Step().WithLifetimes(decoder.StepScratch)));
        MemoryPlan state = new StateLowering(spec, sizes).Lower(
            encoder.Layer(0), encoder, new CrossCacheLowering(spec, sizes, names).Workspace, scratches.Where(static scratch => !scratch.OnStack));
        var need = new MemoryNeed(
            scratches,
            new WeightLowering(spec, sizes).Lower(),
            state,
            new BatchLowering(spec, sizes, names).Lower(),
            spec.Options.MaxBatch,
            sizes.SelfCache.Times(spec.Options.MaxBatch * (spec.Options.MaxBeams - 1)),
            budget.Issues);
        budget.CheckState(StackBudget.Bytes(scratches), need.StateBytes, state);
        return need;
    }

    private static ScratchPlan Scratch(string name, IReadOnlyList<MemorySlot> slots) => new(name, MemoryPlan.Assign(slots), OnStack: true);
}
