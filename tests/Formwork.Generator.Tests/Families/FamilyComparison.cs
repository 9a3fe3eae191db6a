namespace Formwork.Generator.Tests.Families;

/// <summary>Compares a generated model with what PyTorch computed in double precision.</summary>
internal static class FamilyComparison
{
    /// <summary>The largest relative distance that rounding explains, with much to spare.</summary>
    public const double Tolerance = 1e-4;

    /// <summary>The largest relative distance of any layer's rows and of the logits.</summary>
    public static double Largest(FamilyModels models, FamilyCase item)
    {
        double largest = 0;
        double[][][] encoder = item.Layers("encoder");
        float[][] found = models.Encode(item);
        Assert.Equal(encoder.Length, found.Length);
        for (int layer = 0; layer < encoder.Length; layer++)
        {
            int width = encoder[layer][0].Length;
            largest = Math.Max(largest, Distance.Of(encoder[layer][0], found[layer].AsSpan(0, width)));
            largest = Math.Max(largest, Distance.Of(encoder[layer][1], found[layer].AsSpan(found[layer].Length - width)));
        }

        double[][][] decoder = item.Layers("decoder");
        double[][] logits = item.Rows("logits");
        float[][][] positions = models.Decode(item);
        foreach ((int position, int row) in new[] { (0, 0), (positions.Length - 1, 1) })
        {
            Assert.Equal(decoder.Length + 1, positions[position].Length);
            for (int layer = 0; layer < decoder.Length; layer++)
            {
                largest = Math.Max(largest, Distance.Of(decoder[layer][row], positions[position][layer]));
            }

            largest = Math.Max(largest, Distance.Of(logits[row], positions[position][^1]));
        }

        return largest;
    }
}
