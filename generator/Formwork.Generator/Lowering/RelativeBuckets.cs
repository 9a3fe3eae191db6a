using Formwork.Generator.Model;

namespace Formwork.Generator.Lowering;

/// <summary>
/// T5's relative positions (Raffel et al. 2020, §2.1; Hugging Face's <c>_relative_position_bucket</c>): which of a few trained numbers a distance
/// takes. Near distances have one each, far ones share them, ever more to a bucket.
/// </summary>
internal static class RelativeBuckets
{
    /// <summary>The bucket of a distance.</summary>
    /// <param name="distance">The key's position less the query's.</param>
    /// <param name="isBidirectional">Whether later keys have buckets of their own (encoder) or none (decoder).</param>
    /// <param name="buckets">All buckets.</param>
    /// <param name="maxDistance">The distance from which on all fall into the last.</param>
    public static int Of(int distance, bool isBidirectional, int buckets, int maxDistance)
    {
        int count = isBidirectional ? buckets / 2 : buckets;
        int first = isBidirectional && distance > 0 ? count : 0;
        int far = isBidirectional ? Math.Abs(distance) : Math.Max(0, -distance);
        int exact = count / 2;
        if (far < exact)
        {
            return first + far;
        }

        // In single precision and in this order, as the models were trained: regrouped, distance 64 of an encoder moves by one bucket.
        float logarithm = (float)Math.Log((float)far / exact);
        float relative = (float)(logarithm / (float)Math.Log((double)maxDistance / exact));
        return first + Math.Min(exact + (int)(float)(relative * (count - exact)), count - 1);
    }

    /// <summary>The table of a stack, or null where its positions are of another kind.</summary>
    /// <param name="spec">The model.</param>
    /// <param name="isDecoder">Which stack.</param>
    public static RelativeTable? TableOf(TransformerSpec spec, bool isDecoder)
    {
        if (!spec.Positions.IsRelative)
        {
            return null;
        }

        StackSpec stack = isDecoder ? spec.Decoder : spec.Encoder;
        int before = stack.MaxLength - 1;
        int behind = isDecoder ? 0 : before;
        return new(
            isDecoder ? "Decoder" : "Encoder",
            isDecoder ? "TargetLength - 1" : "SourceLength - 1",
            before,
            new(Enumerable.Range(-before, before + behind + 1).Select(distance => Of(distance, !isDecoder, spec.Positions.Buckets, spec.Positions.MaxDistance))));
    }
}

/// <summary>The biases of one stack's self-attention, as they lie in memory: [heads, <see cref="Stride"/>].</summary>
/// <param name="Prefix">The stack: <c>Encoder</c>.</param>
/// <param name="Origin">Where distance 0 stands in a head's row, as an expression.</param>
/// <param name="Before">The same as a number.</param>
/// <param name="Buckets">The bucket of each distance, from the earliest key to the latest.</param>
internal sealed record RelativeTable(string Prefix, string Origin, int Before, EquatableArray<int> Buckets)
{
    /// <summary>Floats behind the last distance: the runtime's <c>RelativeBias.Padding</c>.</summary>
    private const int Padding = 16;

    /// <summary>The property that holds the buckets.</summary>
    public string BucketsName => Prefix + "Buckets";

    /// <summary>The weights' property that holds the biases.</summary>
    public string RegionName => Prefix + "RelativeBias";

    /// <summary>The constant for floats from one head's biases to the next.</summary>
    public Size Stride => new(Prefix + "BiasStride", Buckets.Count + Padding);
}
