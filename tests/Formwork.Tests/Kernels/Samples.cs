using Formwork.Kernels;

namespace Formwork.Tests.Kernels;

/// <summary>Random numbers, the same in every run.</summary>
internal static class Samples
{
    public static float[] Uniform(Random random, int length, float low = -1f, float high = 1f)
    {
        float[] values = new float[length];
        for (int i = 0; i < length; i++)
        {
            values[i] = low + ((high - low) * random.NextSingle());
        }

        return values;
    }

    /// <summary>Pads a bias to whole panels.</summary>
    public static float[] Pad(ReadOnlySpan<float> bias)
    {
        float[] padded = new float[PanelLayout.PaddedOutputs(bias.Length)];
        bias.CopyTo(padded);
        return padded;
    }
}
