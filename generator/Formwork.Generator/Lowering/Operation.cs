using Formwork.Generator.Model;

namespace Formwork.Generator.Lowering;

/// <summary>One kernel call, or one loop of kernel calls. Operands are the names that generated code gives to spans.</summary>
internal abstract record Operation
{
    /// <summary>The operands read or written, for lifetimes.</summary>
    public abstract IEnumerable<string> Operands { get; }
}

/// <summary>
/// <c>output = f(input · Wᵀ + bias)</c>, or <c>output += …</c>; <paramref name="Bias"/> is null where the projection has none.
/// </summary>
/// <param name="Method">The member of the runtime's <c>Linear</c>: what becomes of the result.</param>
internal sealed record LinearOperation(string Method, string Input, string Weight, string? Bias, string Output, Size Rows) : Operation
{
    /// <summary>The result alone.</summary>
    public const string Apply = "Apply";

    /// <summary>The result is added to the output.</summary>
    public const string Accumulate = "Accumulate";

    public override IEnumerable<string> Operands => [Input, Output];
}

/// <summary><c>return argmax(input · Wᵀ + bias)</c>; <paramref name="Excluded"/> names an id that is never chosen, or is null.</summary>
internal sealed record ArgMaxOperation(string Input, string Weight, string? Bias, string? Excluded) : Operation
{
    public override IEnumerable<string> Operands => [Input];
}

/// <summary><c>output = LayerNorm(input)</c>; <paramref name="Beta"/> is null where the norm has no bias.</summary>
internal sealed record LayerNormOperation(string Input, string Gamma, string? Beta, string Output, Size Rows, Size Width) : Operation
{
    public override IEnumerable<string> Operands => [Input, Output];
}

/// <summary><c>output = RMSNorm(input)</c>.</summary>
internal sealed record RmsNormOperation(string Input, string Gamma, string Output, Size Rows, Size Width) : Operation
{
    public override IEnumerable<string> Operands => [Input, Output];
}

/// <summary><c>values = values · gate</c>, number by number.</summary>
internal sealed record GateOperation(string Values, string Gate) : Operation
{
    public override IEnumerable<string> Operands => [Values, Gate];
}

/// <summary><c>values = factor · values</c>; <paramref name="Factor"/> names a constant.</summary>
internal sealed record ScaleOperation(string Values, string Factor) : Operation
{
    public override IEnumerable<string> Operands => [Values];
}

/// <summary>
/// Writes keys and values into an attention cache: for the present position, or, where <paramref name="Rows"/> is given, for every row of
/// <paramref name="Source"/>; a row's keys start at <paramref name="KeyOffset"/> and values at <paramref name="ValueOffset"/>.
/// </summary>
internal sealed record StoreOperation(
    string Source,
    Size KeyOffset,
    Size ValueOffset,
    Size RowStride,
    string Keys,
    string Values,
    string? Rows,
    AttentionShape Shape) : Operation
{
    public override IEnumerable<string> Operands => [Source, Keys, Values];
}

/// <summary>
/// <c>context = softmax(scale · Q·Kᵀ)·V</c> in every head: for one query, or, where <paramref name="Rows"/> is given, for each row's query.
/// </summary>
/// <param name="Query">Span of the queries.</param>
/// <param name="QueryStride">Floats from one row's query to the next.</param>
/// <param name="Keys">The cached keys of all heads.</param>
/// <param name="Values">The cached values of all heads.</param>
/// <param name="Context">Receives the heads' results side by side.</param>
/// <param name="Length">Number of keys, as an expression.</param>
/// <param name="Rows">Number of queries, or null for one.</param>
/// <param name="Shape">The attention's sizes.</param>
/// <param name="RecordLayer">The layer whose weights are recorded, or null.</param>
internal sealed record AttendOperation(
    string Query,
    Size QueryStride,
    string Keys,
    string Values,
    string Context,
    string Length,
    string? Rows,
    AttentionShape Shape,
    RecordedLayer? RecordLayer) : Operation
{
    public override IEnumerable<string> Operands => [Query, Keys, Values, Context];
}

/// <summary>Sizes of one attention, with the names that generated code uses.</summary>
/// <param name="Heads">Number of heads.</param>
/// <param name="HeadDim">Width of a head.</param>
/// <param name="InnerDim">Width of all heads.</param>
/// <param name="Capacity">Positions that the cache holds.</param>
/// <param name="PerHead">Floats of one head's part of the cache.</param>
/// <param name="Scale">The constant that multiplies the scores.</param>
/// <param name="Scores">The scores as a formula.</param>
/// <param name="Bias">What is added to them, or null.</param>
internal sealed record AttentionShape(Size Heads, Size HeadDim, Size InnerDim, Size Capacity, Size PerHead, string Scale, string Scores, RelativeTable? Bias)
{
    /// <summary>The heads for a comment: <c>8 heads × 64</c>.</summary>
    public string Describe() => $"{Heads.Value} {(Heads.Value == 1 ? "head" : "heads")} × {HeadDim.Value}";
}

/// <summary>Looks a token up, scales it and adds its position: one row, or every token of <paramref name="Rows"/>.</summary>
/// <param name="Table">The embedding table.</param>
/// <param name="Positions">The position table, or null where none is added.</param>
/// <param name="Output">The span that receives the rows.</param>
/// <param name="Tokens">The token, or the span of tokens.</param>
/// <param name="Position">The position of a single token; null where rows count it.</param>
/// <param name="Width">The model's width.</param>
internal sealed record EmbedOperation(
    string Table,
    string? Positions,
    string Output,
    string Tokens,
    string? Position,
    Size Width) : Operation
{
    public override IEnumerable<string> Operands => [Output];
}

/// <summary>A call of another generated method.</summary>
internal sealed record CallOperation(string Method, EquatableArray<string> Arguments) : Operation
{
    public override IEnumerable<string> Operands => Arguments;
}
