using System.Globalization;
using Formwork.Generator.Model;

namespace Formwork.Generator.Lowering;

/// <summary>Turns a specification into a plan: orders operations, lays out memory, lists weights. Knows no Roslyn.</summary>
internal static class PlanLowering
{
    private const string DecodeStep = "DecodeStep";

    /// <summary>Floats before the first slot of a state: its tag, phase, source length and position, on a cache line of their own.</summary>
    public const int StateHeaderFloats = 16;

    /// <summary>The longest array of bytes, less what aligning its start may take.</summary>
    private const long LargestState = 0x7FFFFFC7 - 63;

    /// <summary>Lowers a specification.</summary>
    public static LoweringResult Lower(TransformerSpec spec)
    {
        var sizes = new ModelSizes(spec);
        var names = new WeightNames(spec);
        var encoder = new EncoderLowering(spec, sizes, names);
        var crossCache = new CrossCacheLowering(spec, sizes, names);
        var decoder = new DecoderLowering(spec, sizes, names);
        MemoryNeed need = MemoryNeed.Of(spec);
        long stackBytes = StackBudget.Bytes(need.Scratches) + (spec.Options.StackOnly ? need.StateBytes : 0);
        List<PlanIssue> issues = [.. need.StackIssues, .. TooLarge(need.StateBytes, need.BatchBytes), .. MemoryBudgets.Check(spec, need)];
        if (issues.Any(static issue => issue.Id != "FW0301"))
        {
            return new(null, new(issues));
        }

        EquatableArray<string> facts = new(PlanFacts.Describe(spec, need.Weights, need.State, need.Scratches, need.StateBytes, stackBytes));
        var constants = new ConstantLowering(spec, sizes).Lower(need.Weights, need.Scratches, need.StateBytes, stackBytes, need.BatchBytes);
        var plan = new ExecutionPlan(
            spec.Type,
            Declaration(spec),
            facts,
            new(constants),
            need.Weights,
            need.State,
            new(need.Scratches),
            new(EncoderMethods(spec, encoder)),
            spec.Options.CrossAttention ? CrossCacheMethod(encoder, crossCache) : null,
            new(DecoderMethods(spec, decoder, need.Scratches[0], need.Scratches[1])),
            need.Batch,
            spec,
            sizes.Decoder.Heads,
            sizes.Decoder.HeadDim,
            Tag(facts));
        return MemberNames.Collision(plan) is { } collision ? new(null, new([collision])) : new(plan, new(issues));
    }

    /// <summary>One line that names what was declared; it stands in a comment.</summary>
    private static string Declaration(TransformerSpec spec)
    {
        string source = spec.Config is { } config ? $"\"{string.Concat(config.Select(static c => char.IsControl(c) || c is '\u2028' or '\u2029' ? '?' : c))}\"" : $"Family.{spec.Family}";
        return $"[Transformer({source})] {spec.Type.FullName}";
    }

    /// <summary>FNV-1a over the plan's description, the same on every machine; not negative, since cultures differ in how they write a minus.</summary>
    private static int Tag(IEnumerable<string> facts)
    {
        uint hash = 2166136261;
        foreach (char character in string.Concat(facts))
        {
            hash = unchecked((hash ^ character) * 16777619);
        }

        return (int)(hash & int.MaxValue);
    }

    private static IEnumerable<MethodPlan> EncoderMethods(TransformerSpec spec, EncoderLowering encoder)
    {
        StateLocal[] workspace = encoder.Locals().ToArray();
        for (int layer = 0; layer < spec.Encoder.Layers; layer++)
        {
            yield return new(
                $"EncodeLayer{layer}",
                $"Encoder layer {layer}: every row of the source through self-attention and feed-forward.",
                null,
                new(workspace),
                encoder.Layer(layer).Build());
        }

        yield return new(
            "Encode",
            "Runs the encoder over a source; <see cref=\"PrecomputeCrossCache\"/> or decoding comes next.",
            null,
            new([workspace[0]]),
            encoder.Encode().Build());
    }

    private static MethodPlan CrossCacheMethod(EncoderLowering encoder, CrossCacheLowering crossCache) => new(
        "PrecomputeCrossCache",
        "Computes every decoder layer's cross-attention keys and values. They depend on the source alone: once a source, never a token.",
        null,
        new([encoder.Locals().First(), new StateLocal(crossCache.Workspace.Name, "CrossKeyValue", crossCache.RowWidth)]),
        crossCache.Precompute().Build());

    private static IEnumerable<MethodPlan> DecoderMethods(TransformerSpec spec, DecoderLowering decoder, ScratchPlan layerScratch, ScratchPlan stepScratch)
    {
        string path = spec.Options.CrossAttention ? "masked self-attention, cross-attention and feed-forward" : "masked self-attention and feed-forward";
        for (int layer = 0; layer < spec.Decoder.Layers; layer++)
        {
            yield return new(
                $"DecodeLayer{layer}",
                $"Decoder layer {layer}: one target position through {path}.",
                layerScratch,
                new(decoder.Caches(layer)),
                decoder.Layer(layer).Build());
        }

        yield return new(
            "DecodeHidden",
            "Decodes one position up to the logits.",
            null,
            EquatableArray<StateLocal>.Empty,
            decoder.HiddenRow().Build());
        if (spec.Options.Decoding != DecodingFeatures.None)
        {
            yield return new(
                "Feed",
                "Decodes one position of which only the caches matter.",
                stepScratch,
                EquatableArray<StateLocal>.Empty,
                DecoderLowering.Feed().Build());
        }

        yield return new(
            "NextToken",
            "Decodes one position and picks the most probable next token, writing no logits; −1 where there is no choice.",
            stepScratch,
            EquatableArray<StateLocal>.Empty,
            decoder.NextToken().Build());
        yield return new(
            DecodeStep,
            "Decodes one position: feeds a token and computes the logits of the next.",
            stepScratch,
            EquatableArray<StateLocal>.Empty,
            decoder.Step().Build());
    }

    /// <summary>Spans count in int: a state beyond that cannot be addressed. Weights may be larger.</summary>
    private static IEnumerable<PlanIssue> TooLarge(long stateBytes, long batchBytes)
    {
        if (stateBytes > LargestState)
        {
            yield return new("FW0102", new(["the state", stateBytes.ToString(CultureInfo.InvariantCulture) + " bytes", "lower SourceLength or TargetLength, so that it stays under 2 GiB"]));
        }
        else if (batchBytes > LargestState)
        {
            yield return new("FW0102", new(["the batch", batchBytes.ToString(CultureInfo.InvariantCulture) + " bytes", "lower MaxBatch or MaxBeams, so that it stays under 2 GiB"]));
        }
    }
}
