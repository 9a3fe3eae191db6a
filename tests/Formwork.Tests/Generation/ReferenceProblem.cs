using Formwork.Generation;

namespace Formwork.Tests.Generation;

/// <summary>One source to search, and what a reference search asks of its model: everything in double precision, nothing cached.</summary>
/// <param name="Model">The model.</param>
/// <param name="Shape">Its sizes and special tokens.</param>
/// <param name="Options">What is asked for.</param>
/// <param name="Source">The source's ids.</param>
internal sealed record ReferenceProblem(ToyModel Model, DecodingShape Shape, GenerationOptions Options, int[] Source)
{
    /// <summary>The logits that follow a target, the masked token's gone.</summary>
    public double[] Logits(IEnumerable<int> target)
    {
        float[] logits = new float[Model.Vocabulary];
        Model.Logits(Source, [Shape.StartToken, .. target], logits);
        if (Shape.MaskedToken >= 0)
        {
            logits[Shape.MaskedToken] = float.NegativeInfinity;
        }

        return [.. logits.Select(static logit => (double)logit)];
    }

    /// <summary>β · Σⱼ log min(Σᵢ aᵢⱼ, 1), the attention of every step that made a target added up.</summary>
    public double Coverage(int[] target)
    {
        double[] received = new double[Source.Length];
        float[] weights = new float[Source.Length];
        for (int length = 0; length < target.Length; length++)
        {
            Model.Attention(Source, [Shape.StartToken, .. target[..length]], weights);
            for (int column = 0; column < received.Length; column++)
            {
                received[column] += weights[column];
            }
        }

        return Options.CoveragePenalty * received.Where(static sum => sum > 0).Sum(static sum => Math.Log(Math.Min(sum, 1)));
    }

    public static double[] LogSoftmax(double[] values)
    {
        double highest = values.Max();
        double normalizer = highest + Math.Log(values.Sum(value => Math.Exp(value - highest)));
        return [.. values.Select(value => value - normalizer)];
    }
}
