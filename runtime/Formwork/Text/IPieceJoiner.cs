namespace Formwork.Text;

/// <summary>Joins tokens to text (UTF-8), one by one; <see cref="JoinState"/> is what it keeps between them.</summary>
internal interface IPieceJoiner
{
    /// <summary>The model's own rules for the joined text, or none.</summary>
    Normalizer? Denormalizer { get; }

    /// <summary>Appends what a token adds to the text: nothing yet for a byte piece whose character is not complete.</summary>
    /// <param name="id">An id of the vocabulary.</param>
    /// <param name="state">How far the sequence has come.</param>
    /// <param name="text">Receives whole characters.</param>
    void Append(int id, ref JoinState state, ref PooledList<byte> text);
}
