namespace Formwork.Generator.Lowering;

/// <summary>
/// Attention of a batch: each row's query over its own lane's caches, and before it, in self-attention, the row's key and value into them.
/// </summary>
/// <param name="Source">The rows that hold the queries and, in self-attention, keys and values behind them.</param>
/// <param name="Stride">Floats from one row of <paramref name="Source"/> to the next.</param>
/// <param name="Layer">The layer, from 0.</param>
/// <param name="IsSelf">Self-attention, or cross-attention.</param>
/// <param name="Context">Receives the heads' results, row by row.</param>
/// <param name="Shape">The attention's sizes.</param>
/// <param name="RecordLayer">The layer whose weights are recorded, or null.</param>
internal sealed record LaneAttendOperation(
    string Source, Size Stride, int Layer, bool IsSelf, string Context, AttentionShape Shape, RecordedLayer? RecordLayer) : Operation
{
    public override IEnumerable<string> Operands => [Source, Context];
}

/// <summary>Looks up each lane's token and adds the lane's position.</summary>
/// <param name="Table">The embedding table.</param>
/// <param name="Positions">The position table, or null where none is added.</param>
/// <param name="Output">Receives the rows.</param>
/// <param name="Width">The model's width.</param>
internal sealed record LaneEmbedOperation(string Table, string? Positions, string Output, Size Width) : Operation
{
    public override IEnumerable<string> Operands => [Output];
}

/// <summary>Finds the logits of every row.</summary>
/// <param name="Input">The rows.</param>
/// <param name="Weight">The output projection.</param>
/// <param name="Bias">Its bias, or null.</param>
internal sealed record LaneLogitsOperation(string Input, string Weight, string? Bias) : Operation
{
    /// <summary>The rows' slot for logits.</summary>
    public const string Logits = "logits";

    public override IEnumerable<string> Operands => [Input, Logits];
}

/// <summary>Finds each row's most probable token.</summary>
/// <param name="Input">The rows.</param>
/// <param name="Weight">The output projection.</param>
/// <param name="Bias">Its bias, or null.</param>
/// <param name="Excluded">Names an id that is never chosen, or null.</param>
internal sealed record LaneArgMaxOperation(string Input, string Weight, string? Bias, string? Excluded) : Operation
{
    public override IEnumerable<string> Operands => [Input];
}
