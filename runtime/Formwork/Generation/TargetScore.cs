using System.ComponentModel;
using Formwork.Kernels;

namespace Formwork.Generation;

/// <summary>Scores a given target (teacher forcing): its tokens are fed as many at a time as the decoder has rows, since none has to be waited for.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TargetScore
{
    private const int MostRows = 64;

    /// <summary>Finds the log-probability of each target token, given the source in slot 0 and the tokens before it.</summary>
    /// <typeparam name="TDecoder">The model and memory to step.</typeparam>
    /// <param name="decoder">A decoder whose source is encoded.</param>
    /// <param name="startToken">The token fed at position 0.</param>
    /// <param name="maskedToken">A token that is never produced and takes no probability, or −1.</param>
    /// <param name="target">The target's ids; checked before.</param>
    /// <param name="logProbabilities">Receives the natural logarithms: [target length].</param>
    public static void Run<TDecoder>(ref TDecoder decoder, int startToken, int maskedToken, ReadOnlySpan<int> target, Span<float> logProbabilities)
        where TDecoder : struct, ISearchDecoder, allows ref struct
    {
        int vocabulary = decoder.Vocabulary;
        int most = Math.Min(decoder.Logits.Length / vocabulary, MostRows);
        Span<int> tokens = stackalloc int[MostRows];
        Span<int> lanes = stackalloc int[MostRows];
        Span<int> positions = stackalloc int[MostRows];
        lanes.Clear();
        for (int start = 0; start < target.Length; start += most)
        {
            int rows = Math.Min(most, target.Length - start);
            for (int row = 0; row < rows; row++)
            {
                int position = start + row;
                tokens[row] = position == 0 ? startToken : target[position - 1];
                positions[row] = position;
            }

            decoder.Decode(tokens[..rows], lanes[..rows], positions[..rows]);
            for (int row = 0; row < rows; row++)
            {
                Span<float> logits = decoder.Logits.Slice(row * vocabulary, vocabulary);
                if (maskedToken >= 0)
                {
                    logits[maskedToken] = float.NegativeInfinity;
                }

                logProbabilities[start + row] = LogSoftmax.At(logits, target[start + row]);
            }
        }
    }
}
