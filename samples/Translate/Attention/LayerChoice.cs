using Formwork.Alignment;

namespace Translate.Attention;

/// <summary>
/// Picks the layer whose map shows most: the one with the greatest mutual information between output words and input words.
/// </summary>
/// <remarks>
/// Sharpness alone would also be won by a layer that always looks at the full stop. Mutual information — the entropy of the average row
/// less the average entropy of a row — is large where every output word looks at few input words and different output words look at
/// different ones, which is what an alignment is. A column that every row looks at alike, as the end token's often is, adds nothing.
/// It measures how much a layer's map tells, not whether that is right.
/// </remarks>
internal static class LayerChoice
{
    /// <summary>The map with the most mutual information; of equals, the sharper.</summary>
    public static AttentionMap Best(IEnumerable<AttentionMap> maps) =>
        maps.MaxBy(map => (MutualInformation(map.Weights), -MeanRowEntropy(map.Weights)))!;

    /// <summary>In bits, with all rows counting alike.</summary>
    public static double MutualInformation(WordAttention weights)
    {
        double[] average = new double[weights.SourceCount];
        for (int row = 0; row < weights.TargetCount; row++)
        {
            for (int column = 0; column < average.Length; column++)
            {
                average[column] += (double)weights[row][column] / weights.TargetCount;
            }
        }

        return average.Sum(Surprise) - MeanRowEntropy(weights);
    }

    private static double MeanRowEntropy(WordAttention weights)
    {
        double sum = 0;
        for (int row = 0; row < weights.TargetCount; row++)
        {
            foreach (float weight in weights[row])
            {
                sum += Surprise(weight);
            }
        }

        return sum / Math.Max(1, weights.TargetCount);
    }

    private static double Surprise(double probability) => probability <= 0 ? 0 : -probability * Math.Log2(probability);
}
