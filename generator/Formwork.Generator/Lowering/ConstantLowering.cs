using System.Globalization;
using Formwork.Generator.Model;

namespace Formwork.Generator.Lowering;

/// <summary>Names every number that generated code uses.</summary>
internal sealed class ConstantLowering(TransformerSpec spec, ModelSizes sizes)
{
    private readonly List<ConstantPlan> _constants = [];

    /// <summary>Lists the constants.</summary>
    public IReadOnlyList<ConstantPlan> Lower(WeightPlan weights, IEnumerable<ScratchPlan> scratches, long stateBytes, long stackBytes, long batchBytes)
    {
        Public(sizes.ModelDim, "Width of the residual stream.");
        Public(sizes.Encoder.Layers, "Number of encoder layers.");
        Public(sizes.Decoder.Layers, "Number of decoder layers.");
        Stacks(static stack => stack.Heads, "Attention heads");
        Stacks(static stack => stack.HeadDim, "Width of one attention head");
        Stacks(static stack => stack.FeedForwardDim, "Inner width of the feed-forward sub-layer");
        Public(sizes.SourceVocabSize, "Number of source token ids.");
        Public(sizes.TargetVocabSize, "Number of target token ids.");
        Public(sizes.SourceLength, "The most tokens that a source may have.");
        Public(sizes.TargetLength, "The most tokens that a target may have.");
        Public(new("StartToken", spec.Tokens.Start), "The id that the decoder is started with; it never appears in a target.");
        Public(new("EndToken", spec.Tokens.End), "The id that ends a target.");
        Public(new("PadToken", spec.Tokens.Pad), spec.Tokens.MaskPad ? "The id of padding; it is never generated." : "The id of padding.");
        Add("int", "StateBytes", stateBytes, "Bytes of one state: the encoder's output and every cache.", isPublic: true);
        if (batchBytes > 0)
        {
            Public(sizes.MaxBatch, "The most sources that are decoded together.");
            Public(sizes.MaxBeams, "The most hypotheses that a search follows for one source.");
            Add("int", "BatchBytes", batchBytes, "Bytes of a batch: a state for each source, self-attention caches for its other hypotheses, and the rows that are decoded together.", isPublic: true);
        }

        Add("int", "StackBytes", stackBytes, spec.Options.StackOnly
                ? "Bytes of stack that a call takes for the state and for scratch, frames of the kernels, at most 48 KiB, left out."
                : "Bytes of stack that the longest chain of calls takes for scratch, frames of the kernels, at most 48 KiB, left out.", isPublic: true);
        Add("long", "WeightBytes", weights.Length, "Bytes of the packed weights.", isPublic: true);
        if (spec.Options.EmbeddedWeights is { } resource)
        {
            _constants.Add(new("string", "EmbeddedWeights", Literal(resource), "The resource of this assembly that holds the weights.", IsPublic: true));
        }

        Internals(scratches);
        return _constants;
    }

    /// <summary>The shortest text that reads back as the same value, on every runtime.</summary>
    public static string Literal(float value)
    {
        for (int digits = 6; digits < 9; digits++)
        {
            string text = value.ToString("G" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            if (float.Parse(text, CultureInfo.InvariantCulture) == value)
            {
                return text + "f";
            }
        }

        return value.ToString("G9", CultureInfo.InvariantCulture) + "f";
    }

    /// <summary>Text as C#, of ASCII alone.</summary>
    private static string Literal(string text) => $"\"{string.Concat(text.Select(static character => character switch
    {
        '"' or '\\' => "\\" + character,
        >= ' ' and <= '~' => character.ToString(),
        _ => "\\u" + ((int)character).ToString("X4", CultureInfo.InvariantCulture),
    }))}\"";

    private void Internals(IEnumerable<ScratchPlan> scratches)
    {
        Stacks(static stack => stack.InnerDim, "Width of all heads side by side", isPublic: false);
        Private(sizes.SourceCapacity, "Source positions that a cache holds: SourceLength rounded up to a block of keys.");
        Private(sizes.TargetCapacity, "Target positions that a cache holds: TargetLength rounded up to a block of keys.");
        PerHead(sizes.EncoderSelf, "Floats of one head's keys, or values, of an encoder layer.");
        PerHead(sizes.DecoderSelf, "Floats of one head's keys, or values, in a SelfCache.");
        _constants.Add(new("int", sizes.SelfCache.Text, $"{sizes.Decoder.Layers.Text} * 2 * {sizes.Decoder.Heads.Text} * {sizes.DecoderSelf.PerHead.Text}", "Floats of the keys and values of every layer's masked self-attention, for one hypothesis.", IsPublic: false));
        if (spec.Options.HasBatch)
        {
            Private(sizes.MaxRows, "The most rows that are decoded together: one for each hypothesis, or several successive tokens of one.");
        }

        if (spec.Options.CrossAttention)
        {
            PerHead(sizes.DecoderCross, "Floats of one head's keys, or values, in a CrossCache.");
        }

        if (spec.Positions.IsRelative)
        {
            Private(new("RelativeBuckets", spec.Positions.Buckets), "Trained numbers of a head for the distances from query to key.");
            Private(sizes.EncoderSelf.Bias!.Stride, "Floats from one head's biases to the next, in the encoder.");
            Private(sizes.DecoderSelf.Bias!.Stride, "Floats from one head's biases to the next, in the decoder.");
        }
        else
        {
            Private(new("PositionOffset", spec.Positions.Offset), "The row of the position table, or the position of the sinusoid, of the first token.");
        }

        Scale(sizes.Encoder);
        if (sizes.Decoder.AttentionScale != sizes.Encoder.AttentionScale)
        {
            Scale(sizes.Decoder);
        }

        AddFloat("EmbeddingScale", spec.Embedding.Scale ? (float)Math.Sqrt(spec.Encoder.ModelDim) : 1f, spec.Embedding.Scale ? "√ModelDim." : "Embeddings enter as they are.");
        if (spec.Embedding.ScaleOutput)
        {
            AddFloat("OutputScale", (float)(1 / Math.Sqrt(spec.Encoder.ModelDim)), "1/√ModelDim.");
        }

        AddFloat("NormEpsilon", spec.Norm.Epsilon, "The ε of every norm.");
        foreach (ScratchPlan scratch in scratches.Where(static scratch => scratch.Memory.Slots.Count > 0))
        {
            Add("int", scratch.LengthName, scratch.Memory.Length, $"Floats of {scratch.Name}'s scratch.", isPublic: false);
            foreach (MemorySlot slot in scratch.Memory.Slots)
            {
                Add("int", scratch.OffsetName(slot), slot.Offset, $"Where {slot.Name} starts in it.", isPublic: false);
            }
        }
    }

    private void Scale(StackSizes stack) => AddFloat(
        stack.AttentionScale,
        spec.ScaleAttention ? (float)(1 / Math.Sqrt(stack.HeadDim.Value)) : 1f,
        spec.ScaleAttention ? $"1/√{stack.HeadDim.Text}." : "Attention scores enter as they are.");

    private void Stacks(Func<StackSizes, Size> select, string summary, bool isPublic = true)
    {
        Size encoder = select(sizes.Encoder);
        Size decoder = select(sizes.Decoder);
        bool isOne = encoder.Text == decoder.Text;
        Add("int", encoder.Text, encoder.Value, summary + (isOne ? "." : " of the encoder."), isPublic);
        if (!isOne)
        {
            Add("int", decoder.Text, decoder.Value, summary + " of the decoder.", isPublic);
        }
    }

    private void PerHead(AttentionShape shape, string summary) =>
        _constants.Add(new("int", shape.PerHead.Text, $"{shape.Capacity.Text} * {shape.HeadDim.Text}", summary, IsPublic: false));

    private void Public(Size size, string summary) => Add("int", size.Text, size.Value, summary, isPublic: true);

    private void Private(Size size, string summary) => Add("int", size.Text, size.Value, summary, isPublic: false);

    private void AddFloat(string name, float value, string summary) => _constants.Add(new("float", name, Literal(value), summary, IsPublic: false));

    private void Add(string type, string name, long value, string summary, bool isPublic) =>
        _constants.Add(new(type, name, value.ToString(CultureInfo.InvariantCulture), summary, isPublic));
}
