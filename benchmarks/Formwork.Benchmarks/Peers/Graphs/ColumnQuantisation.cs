namespace Formwork.Benchmarks.Peers.Graphs;

/// <summary>Symmetric 8-bit quantisation of a matrix [inputs, outputs] with a scale for each output.</summary>
internal static class ColumnQuantisation
{
    private const float Largest = 127;

    /// <summary>The bytes and the scales.</summary>
    public static (sbyte[] Bytes, float[] Scales) Apply(float[] weight, int columns)
    {
        float[] scales = new float[columns];
        for (int index = 0; index < weight.Length; index++)
        {
            ref float scale = ref scales[index % columns];
            scale = Math.Max(scale, Math.Abs(weight[index]) / Largest);
        }

        sbyte[] bytes = new sbyte[weight.Length];
        for (int index = 0; index < weight.Length; index++)
        {
            bytes[index] = (sbyte)MathF.Round(weight[index] / scales[index % columns]);
        }

        return (bytes, scales);
    }
}
