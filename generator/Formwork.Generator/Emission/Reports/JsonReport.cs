using Formwork.Generator.Lowering.Reports;
using Formwork.Generator.Model;

namespace Formwork.Generator.Emission.Reports;

/// <summary>Prints a plan report as JSON.</summary>
internal static class JsonReport
{
    /// <summary>Moves when a member changes its meaning or goes; new members do not move it.</summary>
    private const int Format = 1;

    /// <summary>Prints it.</summary>
    public static string Print(PlanReport report) => JsonWriter.Object(json =>
    {
        TransformerSpec spec = report.Plan.Spec;
        json.Value("format", Format);
        json.Value("model", report.Plan.Type.FullName);
        json.Value("declaration", report.Plan.Declaration);
        json.Object("shape", () => Shape(json, spec));
        json.Objects("memory", report.Budgets, line =>
        {
            json.Value("name", line.Name);
            json.Value("bytes", line.Bytes);
            json.Value("budgetOption", line.BudgetName);
            json.Value("budget", line.Budget);
        });
        json.Object("weights", () => Weights(json, report.Weights));
        json.Object("state", () => State(json, report.State));
        json.Objects("scratch", report.Scratches, scratch =>
        {
            json.Value("name", scratch.Name);
            json.Value("onStack", scratch.OnStack);
            json.Value("bytes", scratch.Bytes);
            json.Objects("slots", scratch.Slots, slot => Slot(json, slot));
        });
        json.Object("work", () => Work(json, report.Work));
        json.Object("speedAtMost", () => Speed(json, report.Speed));
    });

    private static void Shape(JsonWriter json, TransformerSpec spec)
    {
        json.Value("family", spec.Family);
        json.Object("encoder", () => Stack(json, spec.Encoder, spec.SourceVocabSize));
        json.Object("decoder", () => Stack(json, spec.Decoder, spec.TargetVocabSize));
        json.Value("norm", spec.Norm.Placement.ToString());
        json.Value("normKind", spec.Norm.Kind.ToString());
        json.Value("embeddingNorm", spec.Norm.Embedding);
        json.Value("finalNorm", spec.Norm.Final);
        json.Value("positions", spec.Positions.Encoding.ToString());
        json.Value("activation", spec.FeedForward.Activation.ToString());
        json.Value("gated", spec.FeedForward.Gated);
        json.Value("tieOutput", spec.Embedding.TieOutput);
        json.Value("crossAttention", spec.Options.CrossAttention);
        json.Value("maxBatch", spec.Options.MaxBatch);
        json.Value("maxBeams", spec.Options.MaxBeams);
    }

    private static void Stack(JsonWriter json, StackSpec stack, int vocabulary)
    {
        json.Value("layers", stack.Layers);
        json.Value("modelDim", stack.ModelDim);
        json.Value("heads", stack.Heads);
        json.Value("headDim", stack.HeadDim);
        json.Value("feedForwardDim", stack.FeedForwardDim);
        json.Value("vocabSize", vocabulary);
        json.Value("length", stack.MaxLength);
    }

    private static void Weights(JsonWriter json, WeightReport weights)
    {
        json.Value("parameters", weights.Parameters);
        json.Value("tensors", weights.Tensors);
        json.Value("bytes", weights.Bytes);
        json.Objects("types", weights.Types, total =>
        {
            json.Value("type", total.Type.ToString());
            json.Value("regions", total.Regions);
            json.Value("bytes", total.Bytes);
        });
        json.Objects("regions", weights.Regions, region =>
        {
            json.Value("name", region.Name);
            json.Value("shape", region.Shape);
            json.Value("type", region.Type.ToString());
            json.Value("offset", region.Offset);
            json.Value("bytes", region.Bytes);
            json.Objects("tensors", region.Tensors, names => json.Strings("names", names));
        });
    }

    private static void State(JsonWriter json, StateReport state)
    {
        json.Value("bytes", state.Bytes);
        json.Value("headerBytes", state.HeaderBytes);
        json.Value("slotBytes", state.SlotBytes);
        json.Objects("slots", state.Slots, slot =>
        {
            Slot(json, slot.Slot);
            json.Value("firstPhase", slot.First.ToString());
            json.Value("lastPhase", slot.Last.ToString());
        });
    }

    private static void Slot(JsonWriter json, SlotReport slot)
    {
        json.Value("name", slot.Name);
        json.Value("offset", slot.Offset);
        json.Value("bytes", slot.Bytes);
        json.Value("firstUse", slot.FirstUse);
        json.Value("lastUse", slot.LastUse);
    }

    private static void Work(JsonWriter json, WorkReport work)
    {
        json.Object("sourceToken", () =>
        {
            json.Value("projections", work.Encode.Projections);
            json.Value("attention", work.Encode.Attention);
            json.Value("crossCache", work.CrossCache.Projections);
            json.Value("multiplyAdds", work.Source.MultiplyAdds);
        });
        json.Object("source", () =>
        {
            json.Value("weightBytes", work.Source.WeightBytes);
            json.Value("operationsPerByte", work.SourceIntensity);
        });
        json.Object("targetToken", () =>
        {
            json.Value("projections", work.Step.Projections);
            json.Value("attention", work.Step.Attention);
            json.Value("logits", work.Step.Logits);
            json.Value("multiplyAdds", work.Step.MultiplyAdds);
            json.Value("weightBytes", work.Step.WeightBytes);
            json.Value("cacheBytes", work.CacheBytes);
            json.Value("bytes", work.StepBytes);
            json.Value("operationsPerByte", work.StepIntensity);
        });
    }

    private static void Speed(JsonWriter json, SpeedReport speed)
    {
        json.Objects("memory", speed.Memory, bound =>
        {
            json.Value("gigabytesPerSecond", bound.Bandwidth);
            json.Value("tokensPerSecondCachesEmpty", bound.FirstTokens);
            json.Value("tokensPerSecondFullLengths", bound.FullTokens);
        });
        json.Objects("arithmetic", speed.Arithmetic, bound =>
        {
            json.Value("gigaflopsPerSecond", bound.Operations);
            json.Value("tokensPerSecondFullLengths", bound.FullTokens);
            json.Value("sourceMilliseconds", bound.SourceMilliseconds);
        });
    }
}
