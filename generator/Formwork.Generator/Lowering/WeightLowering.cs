using Formwork.Generator.Model;

namespace Formwork.Generator.Lowering;

/// <summary>Lists every tensor with its shape and packing, in the order in which inference reads them, and gives each its place.</summary>
internal sealed class WeightLowering(TransformerSpec spec, ModelSizes sizes)
{
    /// <summary>Everything starts on a cache line.</summary>
    private const int Alignment = 64;

    private static readonly Size Zero = new("0", 0);

    private readonly WeightNames _names = new(spec);
    private readonly List<WeightRegion> _regions = [];
    private readonly List<WeightTensor> _tensors = [];
    private readonly List<string> _ignored = [.. spec.Names.Ignored];
    private long _length;

    /// <summary>Lists the model's weights.</summary>
    public WeightPlan Lower()
    {
        Embeddings();
        Stack(spec.Names.Encoder, "Encoder", sizes.Encoder, sizes.SourceLength, decoder: false);
        Stack(spec.Names.Decoder, "Decoder", sizes.Decoder, sizes.TargetLength, decoder: true);
        Output();
        long parameters = _tensors
            .Where(static tensor => tensor.Kind != WeightKind.SinusoidalPositions)
            .Sum(static tensor => (tensor.Kind == WeightKind.LearnedPositions ? tensor.TableRows : tensor.Rows.Value) * tensor.Columns.Value);
        return new(new(_regions), new(_tensors), new(_ignored), _length, parameters, LayoutFingerprint.Of(_tensors, _length));
    }

    private static string[] Weight(params string[] names) => names.Select(static name => name + ".weight").ToArray();

    private void Embeddings()
    {
        TensorNames names = spec.Names;
        string[] output = spec.Embedding.TieOutput ? [names.OutputProjection] : [];
        if (spec.Embedding.Share)
        {
            Table("SharedEmbedding", Weight([names.SharedEmbedding, names.EncoderEmbedding, names.DecoderEmbedding, .. output]), sizes.TargetVocabSize);
            return;
        }

        Table("EncoderEmbedding", Weight(names.EncoderEmbedding), sizes.SourceVocabSize);
        Table("DecoderEmbedding", Weight([names.DecoderEmbedding, .. output]), sizes.TargetVocabSize);
    }

    private void Table(string name, string[] tensors, Size vocabulary) => Matrix(name, spec.Weights.Embedding, vocabulary, sizes.ModelDim, (tensors, vocabulary));

    private void Stack(LayerNames names, string prefix, StackSizes stack, Size length, bool decoder)
    {
        Positions(names, prefix, length, stack, decoder ? sizes.DecoderSelf.Bias : sizes.EncoderSelf.Bias);
        if (spec.Norm.Embedding)
        {
            Norm(prefix + "EmbeddingNorm", names.EmbeddingNorm);
        }

        for (int layer = 0; layer < stack.Layers.Value; layer++)
        {
            Layer(names, $"{prefix}Layer{layer}", stack, layer, decoder);
        }

        if (spec.Norm.Final)
        {
            Norm(prefix + "FinalNorm", names.FinalNorm);
        }
    }

    private void Layer(LayerNames names, string prefix, StackSizes stack, int layer, bool decoder)
    {
        SelfAttention(names.SelfAttention, prefix, stack, layer);
        if (decoder && spec.Options.CrossAttention)
        {
            CrossAttention(names.CrossAttention, prefix, stack, layer);
        }
        else if (decoder)
        {
            // The weights of the sub-layer that was cut out may stay in the file.
            AttentionNames cut = names.CrossAttention;
            _ignored.AddRange(new[] { cut.Query, cut.Key, cut.Value, cut.Output, cut.Norm }.Select(name => At(name, layer) + ".*"));
        }

        bool isGated = spec.FeedForward.Gated;
        FeedForward(prefix + "FeedForward1", At(isGated ? names.GatedFeedForward1 : names.FeedForward1, layer), sizes.ModelDim, stack.FeedForwardDim);
        if (isGated)
        {
            FeedForward(prefix + "FeedForwardGate", At(names.FeedForwardGate, layer), sizes.ModelDim, stack.FeedForwardDim);
        }

        FeedForward(prefix + "FeedForward2", At(names.FeedForward2, layer), stack.FeedForwardDim, sizes.ModelDim);
        Norm(prefix + "FeedForwardNorm", At(names.FeedForwardNorm, layer));
    }

    private void SelfAttention(AttentionNames names, string prefix, StackSizes stack, int layer)
    {
        Size inner = stack.InnerDim;
        string query = At(names.Query, layer);
        string key = At(names.Key, layer);
        string value = At(names.Value, layer);
        Matrix(prefix + "SelfQueryKeyValueWeight", spec.Weights.Attention, inner.Times(3), sizes.ModelDim, (Weight(query), inner), (Weight(key), inner), (Weight(value), inner));
        Bias(_names.QueryKeyValueBias(prefix), inner, (query, spec.Bias.Query), (key, spec.Bias.Key), (value, spec.Bias.Value));
        OutputProjection(names, prefix + "Self", inner, layer);
        Norm(prefix + "SelfNorm", At(names.Norm, layer));
    }

    private void CrossAttention(AttentionNames names, string prefix, StackSizes stack, int layer)
    {
        Size inner = stack.InnerDim;
        string query = At(names.Query, layer);
        string key = At(names.Key, layer);
        string value = At(names.Value, layer);
        Matrix(prefix + "CrossQueryWeight", spec.Weights.Attention, inner, sizes.ModelDim, (Weight(query), inner));
        Bias(_names.QueryBias(prefix), inner, (query, spec.Bias.Query));
        Matrix(prefix + "CrossKeyValueWeight", spec.Weights.Attention, inner.Times(2), sizes.ModelDim, (Weight(key), inner), (Weight(value), inner));
        Bias(_names.KeyValueBias(prefix), inner, (key, spec.Bias.Key), (value, spec.Bias.Value));
        OutputProjection(names, prefix + "Cross", inner, layer);
        Norm(prefix + "CrossNorm", At(names.Norm, layer));
    }

    private void OutputProjection(AttentionNames names, string attention, Size inner, int layer)
    {
        string output = At(names.Output, layer);
        Matrix(attention + "OutputWeight", spec.Weights.Attention, sizes.ModelDim, inner, (Weight(output), sizes.ModelDim));
        Bias(_names.OutputProjectionBias(attention), sizes.ModelDim, (output, spec.Bias.OutputProjection));
    }

    private void FeedForward(string name, string tensor, Size inputs, Size outputs)
    {
        Matrix(name + "Weight", spec.Weights.FeedForward, outputs, inputs, (Weight(tensor), outputs));
        Bias(spec.Bias.FeedForward ? name + "Bias" : null, outputs, (tensor, true));
    }

    private void Output()
    {
        TensorNames names = spec.Names;
        Size vocabulary = sizes.TargetVocabSize;
        if (!spec.Embedding.TieOutput)
        {
            Matrix("OutputWeight", spec.Weights.Output, vocabulary, sizes.ModelDim, (Weight(names.OutputProjection), vocabulary));
        }

        if (spec.Embedding.OutputBias)
        {
            long offset = Floats("OutputBias", PackedMatrix.PaddedOutputs(vocabulary.Value), $"[{vocabulary.Value}]");
            Tensor(WeightKind.Vector, [names.OutputBias], vocabulary, Size.One, offset, isOptional: names.OutputBiasMayBeAbsent);
        }
    }

    private void Positions(LayerNames names, string prefix, Size length, StackSizes stack, RelativeTable? relative)
    {
        PositionSpec positions = spec.Positions;
        if (relative is not null)
        {
            long start = Floats(relative.RegionName, stack.Heads.Value * relative.Stride.Value, $"[{stack.Heads.Value}, {relative.Stride.Value}]: a head's bias for every distance");
            _tensors.Add(new(
                WeightKind.RelativeBias, new(Weight(names.Positions)), new("RelativeBuckets", positions.Buckets), stack.Heads, start, Zero, 0, positions.Encoding, false, WeightType.Float32, relative));
            return;
        }

        long offset = Floats(prefix + "Positions", length.Value * sizes.ModelDim.Value, $"[{length.Value}, {sizes.ModelDim.Value}] rows");
        bool learned = positions.Encoding == PositionEncoding.Learned;
        Tensor(
            learned ? WeightKind.LearnedPositions : WeightKind.SinusoidalPositions,
            Weight(names.Positions),
            length,
            sizes.ModelDim,
            offset,
            new("PositionOffset", positions.Offset),
            learned ? positions.MaxPositions + positions.Offset : 0);
    }

    private void Norm(string name, string tensor)
    {
        Vector(name + "Weight", tensor + ".weight");
        if (spec.Norm.Bias)
        {
            Vector(name + "Bias", tensor + ".bias");
        }
    }

    private void Vector(string name, string tensor)
    {
        long offset = Floats(name, sizes.ModelDim.Value, $"[{sizes.ModelDim.Value}]");
        Tensor(WeightKind.Vector, [tensor], sizes.ModelDim, Size.One, offset);
    }

    /// <summary>A packed matrix, filled by one tensor or by several below each other.</summary>
    private void Matrix(string name, WeightType type, Size outputs, Size inputs, params (string[] Names, Size Rows)[] parts)
    {
        long offset = Region(name, PackedMatrix.Bytes(type, outputs.Value, inputs.Value), $"[{outputs.Value}, {inputs.Value}]", new(type, outputs, inputs));
        Size firstRow = Zero;
        foreach ((string[] names, Size rows) in parts)
        {
            Tensor(WeightKind.Matrix, names, rows, inputs, offset, firstRow, type: type);
            firstRow = firstRow.Value == 0 ? rows : rows.Times((int)(firstRow.Value / rows.Value) + 1);
        }
    }

    /// <summary>The bias of a packed matrix; a part without one stays zero.</summary>
    private void Bias(string? name, Size rows, params (string Tensor, bool IsPresent)[] parts)
    {
        if (name is null)
        {
            return;
        }

        long total = rows.Value * parts.Length;
        long offset = Floats(name, PackedMatrix.PaddedOutputs(total), $"[{total}]");
        for (int part = 0; part < parts.Length; part++)
        {
            if (parts[part].IsPresent)
            {
                Tensor(WeightKind.Vector, [parts[part].Tensor + ".bias"], rows, Size.One, offset + (part * rows.Value * sizeof(float)));
            }
        }
    }

    private static string At(string name, int layer) => name.Replace("{0}", layer.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private long Floats(string name, long length, string shape) => Region(name, length * sizeof(float), shape, matrix: null);

    private long Region(string name, long length, string shape, MatrixShape? matrix)
    {
        long offset = _length;
        _regions.Add(new(name, offset, length, shape, matrix));
        _length += (length + Alignment - 1) / Alignment * Alignment;
        return offset;
    }

    private void Tensor(
        WeightKind kind,
        string[] names,
        Size rows,
        Size columns,
        long offset,
        Size? firstRow = null,
        long tableRows = 0,
        bool isOptional = false,
        WeightType type = WeightType.Float32) =>
        _tensors.Add(new(kind, new(names), rows, columns, offset, firstRow ?? Zero, tableRows, spec.Positions.Encoding, isOptional, type));
}
