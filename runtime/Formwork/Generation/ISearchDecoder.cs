using System.ComponentModel;

namespace Formwork.Generation;

/// <summary>
/// What a search needs of a model. A lane is the place of one hypothesis: its self-attention cache. A source has <c>MaxBeams</c> lanes side by
/// side, which share its cross-attention caches: source slot <c>s</c> owns the lanes from <c>s · MaxBeams</c> on.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ISearchDecoder
{
    /// <summary>Number of target ids.</summary>
    int Vocabulary { get; }

    /// <summary>Room for the logits of the most rows that are fed at once, at least as many as there are lanes: [rows × vocabulary].</summary>
    Span<float> Logits { get; }

    /// <summary>Encodes a source for the lanes of a slot.</summary>
    /// <param name="source">The ids; checked before.</param>
    /// <param name="slot">The slot, from 0.</param>
    void Encode(scoped ReadOnlySpan<int> source, int slot);

    /// <summary>Feeds tokens at successive positions of one lane, without logits.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="lane">The lane.</param>
    /// <param name="position">The first one's position.</param>
    void Prefill(scoped ReadOnlySpan<int> tokens, int lane, int position);

    /// <summary>
    /// Feeds one token a row and computes the logits that follow. A row's logits have the same bits whatever the other rows are. A lane may have
    /// several rows if their positions follow each other.
    /// </summary>
    /// <param name="tokens">The rows' tokens.</param>
    /// <param name="lanes">The rows' lanes.</param>
    /// <param name="positions">The rows' positions.</param>
    void Decode(scoped ReadOnlySpan<int> tokens, scoped ReadOnlySpan<int> lanes, scoped ReadOnlySpan<int> positions);

    /// <summary>Copies the first positions of a lane's caches to another lane.</summary>
    /// <param name="source">The lane to copy.</param>
    /// <param name="destination">The lane to overwrite.</param>
    /// <param name="positions">Positions that count.</param>
    void CopyLane(int source, int destination, int positions);

    /// <summary>Adds the cross-attention weights that a row of the last <see cref="Decode"/> had, averaged over the heads that are recorded.</summary>
    /// <param name="row">The row.</param>
    /// <param name="coverage">Receives the sums: [source length].</param>
    void AddCrossAttention(int row, scoped Span<float> coverage);
}
