namespace Formwork.Generator.Lowering.Reports;

/// <summary>What a generated method and those that it calls compute and read, for one token.</summary>
/// <param name="Projections">Multiply-adds of matrices, those of the logits left out.</param>
/// <param name="Attention">Multiply-adds of attention over the longest sequence: scores and weighted values.</param>
/// <param name="Logits">Multiply-adds of the output projection.</param>
/// <param name="WeightBytes">Bytes of weights that one call reads, for however many tokens: every matrix once, of embeddings and positions the rows alone.</param>
internal sealed record WorkTotal(long Projections, long Attention, long Logits, long WeightBytes)
{
    /// <summary>Nothing.</summary>
    public static WorkTotal None { get; } = new(0, 0, 0, 0);

    /// <summary>All multiply-adds.</summary>
    public long MultiplyAdds => Projections + Attention + Logits;

    /// <summary>Both one after the other.</summary>
    public static WorkTotal operator +(WorkTotal left, WorkTotal right) =>
        new(left.Projections + right.Projections, left.Attention + right.Attention, left.Logits + right.Logits, left.WeightBytes + right.WeightBytes);
}
