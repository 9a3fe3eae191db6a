namespace Formwork.Generation;

/// <summary>One step of a beam search.</summary>
/// <param name="Position">The position of the id that is chosen.</param>
/// <param name="MostIds">The most ids that a hypothesis may have.</param>
/// <param name="PrefixLength">Ids of the hard prefix.</param>
/// <param name="UncountedIds">Ids at the beginning that do not count where lengths are measured.</param>
internal readonly record struct BeamStep(int Position, int MostIds, int PrefixLength, int UncountedIds)
{
    /// <summary>Whether no id may follow the one that is chosen.</summary>
    public bool IsLast => Position + 1 == MostIds;

    /// <summary>The length of a hypothesis that ends with the id that is chosen.</summary>
    public int Length => Position + 1 - UncountedIds;

    /// <summary>The length of a hypothesis that has as many ids as it may.</summary>
    public int MostLength => MostIds - UncountedIds;
}
