using System.Globalization;
using Formwork.Generator.Model;

namespace Formwork.Generator.Lowering;

/// <summary>Holds a declaration to the bytes that it allows itself, and looks for the smallest change that would do.</summary>
internal static class MemoryBudgets
{
    private const int SlotsNamed = 3;

    /// <summary>The weight types from the one that changes numbers least to the smallest.</summary>
    private static readonly WeightType[] Smaller = [WeightType.BFloat16, WeightType.Int8, WeightType.Int4];

    /// <summary>The issues of a specification that asks for more than it allows.</summary>
    /// <param name="spec">The specification.</param>
    /// <param name="need">What it asks for.</param>
    public static IEnumerable<PlanIssue> Check(TransformerSpec spec, MemoryNeed need)
    {
        if (spec.Options.StateBudget is { } state && Math.Max(need.StateBytes, need.BatchBytes) > state)
        {
            bool isBatch = need.StateBytes <= state;
            yield return new("FW0304", new([
                isBatch ? "batch" : "state",
                Text(isBatch ? need.BatchBytes : need.StateBytes),
                Text(state),
                isBatch ? BatchParts(spec, need) : Largest(need.State.Slots.Select(static slot => (slot.Name, slot.Length.Value * sizeof(float)))),
                SmallerState(spec, state)]));
        }

        if (spec.Options.WeightBudget is { } weights && need.Weights.Length > weights)
        {
            yield return new("FW0306", new([
                Text(need.Weights.Length),
                Text(weights),
                Largest(need.Weights.Regions.Select(static region => (region.Name, region.Length))),
                SmallerWeights(spec, weights)]));
        }
    }

    private static string BatchParts(TransformerSpec spec, MemoryNeed need) => Largest(
    [
        ($"{spec.Options.MaxBatch} states", spec.Options.MaxBatch * need.StateBytes),
        ("self-attention caches of further beams", need.BatchLanes.Value * sizeof(float)),
        .. need.Batch!.Rows.Slots.Select(static slot => (slot.Name, slot.Length.Value * sizeof(float))),
    ]);

    private static string Largest(IEnumerable<(string Name, long Bytes)> parts) => string.Join(", ", parts
        .Where(static part => part.Bytes > 0)
        .OrderByDescending(static part => part.Bytes)
        .Take(SlotsNamed)
        .Select(static part => $"{part.Name} ({Text(part.Bytes)})"));

    private static string SmallerState(TransformerSpec spec, long budget)
    {
        string[] changes =
        [
            .. Reduced("MaxBeams", spec.Options.MaxBeams, value => spec with { Options = spec.Options with { MaxBeams = value } }),
            .. Reduced("MaxBatch", spec.Options.MaxBatch, value => spec with { Options = spec.Options with { MaxBatch = value } }),
            .. Reduced("TargetLength", spec.Decoder.MaxLength, value => spec with { Decoder = spec.Decoder with { MaxLength = value } }),
            .. Reduced("SourceLength", spec.Encoder.MaxLength, value => spec with { Encoder = spec.Encoder with { MaxLength = value } }),
            .. spec.Options.Recording is not null && Fits(spec with { Options = spec.Options with { Recording = null } })
                ? ["RecordCrossAttention = false"]
                : Array.Empty<string>(),
        ];
        return changes.Length > 0
            ? $"any of these would fit: {string.Join(", ", changes)}"
            : "no length, batch or beam alone can be made small enough, so lower several, or raise StateBudget";

        // Memory grows with each of them, so halving the range finds the largest that fits.
        IEnumerable<string> Reduced(string name, int value, Func<int, TransformerSpec> with)
        {
            int fits = 0;
            for (int low = 1, high = value - 1; low <= high;)
            {
                int middle = (low + high) / 2;
                if (Fits(with(middle)))
                {
                    fits = middle;
                    low = middle + 1;
                }
                else
                {
                    high = middle - 1;
                }
            }

            return fits > 0 ? [$"{name} = {Text(fits)}"] : [];
        }

        bool Fits(TransformerSpec changed)
        {
            MemoryNeed need = MemoryNeed.Of(changed);
            return Math.Max(need.StateBytes, need.BatchBytes) <= budget;
        }
    }

    private static string SmallerWeights(TransformerSpec spec, long budget)
    {
        foreach (WeightType type in Smaller)
        {
            long bytes = MemoryNeed.Of(spec with { Weights = new(type, type, type, type) }).Weights.Length;
            if (bytes <= budget)
            {
                return $"'Weights = WeightType.{type}' would fit with {Text(bytes)}";
            }
        }

        return "no weight type is small enough, so raise WeightBudget or declare a smaller model";
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
