using Formwork.Generation;
using Formwork.Generation.Constraints;

namespace Formwork.Tests.Generation;

/// <summary>A model to search with, and rows of its scores.</summary>
internal static class Decoding
{
    public const int StartToken = 1;
    public const int EndToken = 0;

    public static DecodingShape Shape(int vocabulary = 12, int targetLength = 20, int maskedToken = -1, int maxBeams = 4, bool recordsCrossAttention = false) =>
        new("Samples.Tiny", vocabulary, SourceLength: 30, targetLength, StartToken, EndToken, maskedToken, maxBeams, recordsCrossAttention);

    /// <summary>Applies the rules to a copy of the scores.</summary>
    public static float[] Apply(this TokenRules rules, float[] scores, int[] decoderIds, int prefixLength = 0, int remaining = 10, PhraseProgress phrases = default)
    {
        float[] changed = [.. scores];
        rules.Apply(changed, new RowContext(decoderIds, prefixLength, remaining, phrases));
        return changed;
    }

    /// <summary>The ids that may come.</summary>
    public static int[] Possible(float[] scores) => [.. Enumerable.Range(0, scores.Length).Where(token => scores[token] != float.NegativeInfinity)];

    public static int[] Ids(Random random, int length, int vocabulary) => [.. Enumerable.Range(0, length).Select(_ => random.Next(vocabulary))];
}
