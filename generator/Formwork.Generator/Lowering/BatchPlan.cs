using Formwork.Generator.Model;

namespace Formwork.Generator.Lowering;

/// <summary>What is generated for decoding several sources at once.</summary>
/// <param name="Rows">The rows that the lanes share, one row a lane: slots in floats, behind the lanes' states.</param>
/// <param name="RowWidths">Floats of one row of each slot, in the order of the slots.</param>
/// <param name="Layers">The decoder's layers over all rows.</param>
/// <param name="Step">The embeddings, the layers and the choice of each row's next token.</param>
internal sealed record BatchPlan(MemoryPlan Rows, EquatableArray<Size> RowWidths, EquatableArray<MethodPlan> Layers, MethodPlan Step);
