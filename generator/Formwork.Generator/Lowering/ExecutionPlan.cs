using Formwork.Generator.Model;

namespace Formwork.Generator.Lowering;

/// <summary>All that emission prints: ordered operations, memory, weights and totals. Value-equal, and free of Roslyn.</summary>
/// <param name="Type">The class that receives the code.</param>
/// <param name="Declaration">One line that names what was declared.</param>
/// <param name="Facts">Lines of the plan comment.</param>
/// <param name="Constants">The type's constants, in order.</param>
/// <param name="Weights">The weights.</param>
/// <param name="State">The state's slots after its header.</param>
/// <param name="Scratches">The scratch layouts.</param>
/// <param name="Encoder">Encode's layers, then Encode itself.</param>
/// <param name="CrossCache">PrecomputeCrossCache, or null where cross-attention is cut out.</param>
/// <param name="Decoder">The decoder's layers, then DecodeStep.</param>
/// <param name="Batch">Decoding several sources at once, or null where the declaration has none.</param>
/// <param name="Spec">What was declared; emission reads switches and ids from it.</param>
/// <param name="StateTag">A number that marks memory as this model's state.</param>
internal sealed record ExecutionPlan(
    TypeSpec Type,
    string Declaration,
    EquatableArray<string> Facts,
    EquatableArray<ConstantPlan> Constants,
    WeightPlan Weights,
    MemoryPlan State,
    EquatableArray<ScratchPlan> Scratches,
    EquatableArray<MethodPlan> Encoder,
    MethodPlan? CrossCache,
    EquatableArray<MethodPlan> Decoder,
    BatchPlan? Batch,
    TransformerSpec Spec,
    int StateTag);
