using System.ComponentModel;

namespace Formwork.Generation;

/// <summary>Greedy decoding: at every position the most probable token.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class GreedySearch
{
    /// <summary>Decodes until the end token, or until the target is full.</summary>
    /// <typeparam name="TDecoder">The model and state to step; a ref struct is welcome, so nothing is boxed or allocated.</typeparam>
    /// <param name="decoder">A decoder whose source has been encoded and whose position is 0.</param>
    /// <param name="startToken">The token fed at position 0; it does not appear in the target.</param>
    /// <param name="endToken">The token that ends the target; it is kept when it is reached.</param>
    /// <param name="target">Receives the tokens; its length is the most that are produced.</param>
    /// <param name="cancellation">Ends the run between two tokens.</param>
    /// <returns>The number of tokens written, the end token included.</returns>
    /// <exception cref="GenerationException">The logits held a NaN, or were all −∞.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static int Generate<TDecoder>(ref TDecoder decoder, int startToken, int endToken, Span<int> target, CancellationToken cancellation)
        where TDecoder : struct, IStepDecoder, allows ref struct
    {
        int token = startToken;
        for (int position = 0; position < target.Length; position++)
        {
            cancellation.ThrowIfCancellationRequested();
            token = decoder.NextToken(token);
            if (token < 0)
            {
                throw GenerationException.UnusableLogits(position);
            }

            target[position] = token;
            if (token == endToken)
            {
                return position + 1;
            }
        }

        return target.Length;
    }
}
