using Formwork.Generator.Model;

namespace Formwork.Generator.Lowering;

/// <summary>What is generated for decoding several hypotheses at once.</summary>
/// <param name="Rows">The rows that are decoded together, one a hypothesis: slots in floats, behind the states and the lanes.</param>
/// <param name="RowWidths">Floats of one row of each slot, in the order of the slots.</param>
/// <param name="Layers">The decoder's layers over all rows.</param>
/// <param name="Hidden">The embeddings and the layers: everything up to the logits.</param>
/// <param name="Logits">The logits of every row, or null where no search is generated.</param>
/// <param name="NextTokens">The choice of each source's next token, or null where one source is decoded at a time.</param>
internal sealed record BatchPlan(
    MemoryPlan Rows, EquatableArray<Size> RowWidths, EquatableArray<MethodPlan> Layers, MethodPlan Hidden, MethodPlan? Logits, MethodPlan? NextTokens)
{
    /// <summary>Every method.</summary>
    public IEnumerable<MethodPlan> Methods => [.. Layers, Hidden, .. Logits is null ? [] : new[] { Logits }, .. NextTokens is null ? [] : new[] { NextTokens }];
}
