using System.ComponentModel;

namespace Formwork.Generation;

/// <summary>What a search over several sources at once needs of a model. A lane is the place of one source in the batch.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IBatchDecoder
{
    /// <summary>Encodes a source into a lane and readies it to decode from position 0.</summary>
    /// <param name="source">The ids; checked before.</param>
    /// <param name="lane">The lane, from 0.</param>
    void Encode(scoped ReadOnlySpan<int> source, int lane);

    /// <summary>
    /// Feeds each lane a token and finds the id with the highest logit, or −1 where no logit is usable. A lane's id does not depend on the others.
    /// </summary>
    /// <param name="tokens">One token a lane.</param>
    /// <param name="lanes">The lanes, each once, in any order.</param>
    /// <param name="nextTokens">Receives the ids.</param>
    void NextTokens(scoped ReadOnlySpan<int> tokens, scoped ReadOnlySpan<int> lanes, scoped Span<int> nextTokens);
}
