using System.Globalization;
using Formwork.Generator.Model;

namespace Formwork.Generator.Lowering;

/// <summary>The lines of the plan comment: what a person wants to know of the model before reading its code.</summary>
internal static class PlanFacts
{
    public static IEnumerable<string> Describe(TransformerSpec spec, WeightPlan weights, MemoryPlan state, IEnumerable<ScratchPlan> scratches, long stateBytes, long stackBytes)
    {
        foreach (string line in Shape(spec))
        {
            yield return line;
        }

        if (spec.Options.Recording is { } recording)
        {
            yield return $"recorded  cross-attention of {Choice(recording.Layers, spec.Decoder.Layers, "layer")}, {Choice(recording.Heads, spec.Decoder.Heads, "head")}";
        }

        yield return $"weights   {Number(weights.Parameters)} parameters in {weights.Tensors.Count} tensors; packed {Number(weights.Length)} bytes";
        yield return $"          {Formats(spec)}";
        yield return $"work      {Number(EncoderWork(spec))} multiply-adds a source token, {Number(DecoderWork(spec))} a target token";
        yield return $"          and for attention over full lengths at most {Number(EncoderAttentionWork(spec))} and {Number(DecoderAttentionWork(spec))} more";
        yield return $"memory    state {Number(stateBytes)} bytes, stack {Number(stackBytes)} bytes";
        yield return string.Empty;
        foreach (ScratchPlan scratch in scratches.Where(static scratch => scratch.Memory.Slots.Count > 0))
        {
            string home = scratch.OnStack ? "on the stack" : "in the state";
            foreach (string line in Table($"{scratch.Name} scratch, {home} (floats)", scratch.Memory))
            {
                yield return line;
            }
        }

        foreach (string line in Table($"State (floats, after a header of {PlanLowering.StateHeaderFloats})", state))
        {
            yield return line;
        }
    }

    private static string Formats(TransformerSpec spec)
    {
        WeightTypesSpec types = spec.Weights;
        string output = spec.Embedding.TieOutput ? string.Empty : $", output projection {types.Output}";
        return types.Embedding == types.Attention && types.Attention == types.FeedForward && types.FeedForward == types.Output
            ? types.Embedding == WeightType.Float32 ? "everything is Float32" : $"matrices are {types.Embedding}, everything else Float32"
            : $"embeddings {types.Embedding}, attention {types.Attention}, feed-forward {types.FeedForward}{output}, everything else Float32";
    }

    private static IEnumerable<string> Shape(TransformerSpec spec)
    {
        StackSpec encoder = spec.Encoder;
        StackSpec decoder = spec.Decoder;
        string cross = spec.Options.CrossAttention ? ", cross-attention" : " (cross-attention cut out)";
        yield return $"encoder   {Count(encoder.Layers, "layer")} of width {encoder.ModelDim}: self-attention {Count(encoder.Heads, "head")} × {encoder.HeadDim}, feed-forward {encoder.FeedForwardDim}";
        yield return $"decoder   {Count(decoder.Layers, "layer")} of width {decoder.ModelDim}: masked self-attention{cross} {Count(decoder.Heads, "head")} × {decoder.HeadDim}, feed-forward {decoder.FeedForwardDim}";
        yield return $"tokens    {spec.SourceVocabSize} source ids, up to {encoder.MaxLength} a source; {spec.TargetVocabSize} target ids, up to {decoder.MaxLength} a target";
        string final = spec.Norm.Final ? ", and after each stack" : string.Empty;
        string embedding = spec.Norm.Embedding ? ", and on the embeddings" : string.Empty;
        string kind = spec.Norm.Kind == NormKind.RmsNorm ? "RMS, " : string.Empty;
        yield return $"norms     {kind}{(spec.Norm.Placement == NormPlacement.After ? "after each residual" : "before each sub-layer")}{embedding}{final}";
        string positions = spec.Positions.IsRelative
            ? $"{spec.Positions.Buckets} relative buckets up to distance {spec.Positions.MaxDistance}"
            : $"{spec.Positions.Encoding} from {spec.Positions.Offset}";
        string gate = spec.FeedForward.Gated ? ", gated" : string.Empty;
        string scores = spec.ScaleAttention ? string.Empty : "; attention scores unscaled";
        string scaled = spec.Embedding.ScaleOutput ? ", scaled" : string.Empty;
        yield return $"positions {positions}; activation {spec.FeedForward.Activation}{gate}{scores}; output {(spec.Embedding.TieOutput ? "tied to the embedding" : "a matrix of its own")}{scaled}";
    }

    private static IEnumerable<string> Table(string title, MemoryPlan memory)
    {
        int width = memory.Slots.Max(static slot => slot.Name.Length);
        yield return title + ":";
        yield return $"  {"slot".PadRight(width)}  {"offset",9}  {"length",9}  first use  last use";
        foreach (MemorySlot slot in memory.Slots)
        {
            yield return $"  {slot.Name.PadRight(width)}  {slot.Offset,9}  {slot.Length.Value,9}  {slot.FirstUse,9}  {slot.LastUse,8}";
        }

        yield return $"  {"total".PadRight(width)}  {string.Empty,9}  {memory.Length,9}";
        yield return string.Empty;
    }

    private static long EncoderWork(TransformerSpec spec)
    {
        long inner = spec.Encoder.InnerDim;
        long width = spec.Encoder.ModelDim;
        long layer = (4 * width * inner) + (FeedForwardMatrices(spec) * width * spec.Encoder.FeedForwardDim);
        long crossCache = spec.Options.CrossAttention ? 2L * width * spec.Decoder.InnerDim * spec.Decoder.Layers : 0;
        return (spec.Encoder.Layers * layer) + crossCache;
    }

    private static long DecoderWork(TransformerSpec spec)
    {
        long inner = spec.Decoder.InnerDim;
        long width = spec.Decoder.ModelDim;
        long layer = ((spec.Options.CrossAttention ? 6 : 4) * width * inner) + (FeedForwardMatrices(spec) * width * spec.Decoder.FeedForwardDim);
        return (spec.Decoder.Layers * layer) + (width * spec.TargetVocabSize);
    }

    private static int FeedForwardMatrices(TransformerSpec spec) => spec.FeedForward.Gated ? 3 : 2;

    private static long EncoderAttentionWork(TransformerSpec spec) => 2L * spec.Encoder.Layers * spec.Encoder.InnerDim * spec.Encoder.MaxLength;

    private static long DecoderAttentionWork(TransformerSpec spec)
    {
        long keys = spec.Decoder.MaxLength + (spec.Options.CrossAttention ? spec.Encoder.MaxLength : 0);
        return 2L * spec.Decoder.Layers * spec.Decoder.InnerDim * keys;
    }

    private static string Choice(EquatableArray<int> chosen, int count, string what) => chosen.Count == count
        ? $"every {what}"
        : $"{what}{(chosen.Count == 1 ? string.Empty : "s")} {string.Join(", ", chosen)}";

    private static string Count(int count, string what) => $"{count} {what}{(count == 1 ? string.Empty : "s")}";

    private static string Number(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);
}
