using System.ComponentModel;

namespace Formwork.Generation;

/// <summary>What a search needs of a model: the most probable token after one more token.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IStepDecoder
{
    /// <summary>Feeds a token to the decoder and returns the id with the highest logit, or −1 where no logit is usable (all −∞, or a NaN).</summary>
    /// <param name="token">The token at the next position.</param>
    int NextToken(int token);
}
