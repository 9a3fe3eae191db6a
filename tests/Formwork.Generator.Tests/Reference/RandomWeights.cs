using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Formwork.Generator.Tests.Reference;

/// <summary>Random weights of a shape under Hugging Face's names, and the safetensors file that holds them.</summary>
internal sealed class RandomWeights
{
    private readonly Dictionary<string, Tensor> _tensors = [];
    private readonly Random _random;
    private readonly ModelShape _shape;

    public RandomWeights(ModelShape shape, Random random)
    {
        _shape = shape;
        _random = random;
        Embeddings();
        Stack("model.encoder", shape.EncoderLayers, shape.EncoderHeads * shape.EncoderHeadDim, shape.EncoderFeedForwardDim, isDecoder: false);
        Stack("model.decoder", shape.DecoderLayers, shape.DecoderHeads * shape.DecoderHeadDim, shape.DecoderFeedForwardDim, isDecoder: true);
        if (!shape.TieOutput)
        {
            Matrix("lm_head.weight", shape.TargetVocabSize, shape.ModelDim, shape.OutputWeights);
        }

        if (shape.OutputBias)
        {
            Vector(shape.OutputBiasName, shape.TargetVocabSize, centre: 0);
        }
    }

    public Tensor this[string name] => _tensors[name];

    /// <summary>The weights as a safetensors file: a header of JSON behind its length, then the values.</summary>
    public byte[] ToSafetensors()
    {
        var header = new StringBuilder("{");
        long offset = 0;
        foreach (Tensor tensor in _tensors.Values)
        {
            long end = offset + (tensor.Values.Length * sizeof(float));
            string shape = string.Join(",", tensor.Shape.Select(static size => size.ToString(CultureInfo.InvariantCulture)));
            header.Append(CultureInfo.InvariantCulture, $"{(header.Length > 1 ? "," : string.Empty)}\"{FileName(tensor.Name)}\":{{\"dtype\":\"F32\",\"shape\":[{shape}],\"data_offsets\":[{offset},{end}]}}");
            offset = end;
        }

        byte[] json = Encoding.UTF8.GetBytes(header.Append('}').ToString());
        byte[] file = new byte[8 + json.Length + offset];
        BinaryPrimitives.WriteInt64LittleEndian(file, json.Length);
        json.CopyTo(file, 8);
        int position = 8 + json.Length;
        foreach (Tensor tensor in _tensors.Values)
        {
            MemoryMarshal.AsBytes<float>(tensor.Values).CopyTo(file.AsSpan(position));
            position += tensor.Values.Length * sizeof(float);
        }

        return file;
    }

    /// <summary>The name in the file. T5 has names of its own, and calls the feed-forward's first matrix by another where there is a gate.</summary>
    private string FileName(string name)
    {
        if (_shape.Family != Family.T5)
        {
            return name;
        }

        int feedForward = name.StartsWith("model.decoder", StringComparison.Ordinal) ? 2 : 1;
        string[] parts = name.Split('.');
        string t5 = name.Replace("model.", string.Empty, StringComparison.Ordinal);
        if (parts.Length > 3 && parts[2] == "layers")
        {
            string tail = string.Join('.', parts[4..])
                .Replace("self_attn_layer_norm", "layer.0.layer_norm", StringComparison.Ordinal)
                .Replace("encoder_attn_layer_norm", "layer.1.layer_norm", StringComparison.Ordinal)
                .Replace("final_layer_norm", $"layer.{feedForward}.layer_norm", StringComparison.Ordinal)
                .Replace("self_attn.", "layer.0.SelfAttention.", StringComparison.Ordinal)
                .Replace("encoder_attn.", "layer.1.EncDecAttention.", StringComparison.Ordinal)
                .Replace("out_proj", "o", StringComparison.Ordinal)
                .Replace("_proj", string.Empty, StringComparison.Ordinal)
                .Replace("fc1", $"layer.{feedForward}.DenseReluDense.wi{(_shape.GatedFeedForward ? "_0" : string.Empty)}", StringComparison.Ordinal)
                .Replace("fc_gate", $"layer.{feedForward}.DenseReluDense.wi_1", StringComparison.Ordinal)
                .Replace("fc2", $"layer.{feedForward}.DenseReluDense.wo", StringComparison.Ordinal);
            return $"{parts[1]}.block.{parts[3]}.{tail}";
        }

        return t5
            .Replace("embed_positions", "block.0.layer.0.SelfAttention.relative_attention_bias", StringComparison.Ordinal)
            .Replace("layernorm_embedding", "embedding_norm", StringComparison.Ordinal)
            .Replace("coder.layer_norm", "coder.final_layer_norm", StringComparison.Ordinal);
    }

    private void Embeddings()
    {
        int width = _shape.ModelDim;
        if (_shape.ShareEmbeddings)
        {
            // A shared table may be stored under any of its names.
            string[] names = ["model.shared.weight", "model.encoder.embed_tokens.weight", "model.decoder.embed_tokens.weight"];
            string stored = names[_random.Next(names.Length)];
            Matrix(stored, _shape.SourceVocabSize, width, _shape.EmbeddingWeights);
            foreach (string name in names.Where(name => name != stored))
            {
                // Looked up by the reference under every name, but written to the file once.
                _aliases[name] = stored;
            }

            return;
        }

        Matrix("model.encoder.embed_tokens.weight", _shape.SourceVocabSize, width, _shape.EmbeddingWeights);
        Matrix("model.decoder.embed_tokens.weight", _shape.TargetVocabSize, width, _shape.EmbeddingWeights);
    }

    private readonly Dictionary<string, string> _aliases = [];

    /// <summary>The embedding table of a stack, whatever name it is stored under.</summary>
    public Tensor Embedding(string stack)
    {
        string name = $"model.{stack}.embed_tokens.weight";
        return _tensors[_aliases.GetValueOrDefault(name, name)];
    }

    private void Stack(string stack, int layers, int inner, int feedForward, bool isDecoder)
    {
        int width = _shape.ModelDim;
        if (_shape.Positions == PositionEncoding.RelativeBuckets)
        {
            Matrix(stack + ".embed_positions.weight", _shape.RelativeBuckets, isDecoder ? _shape.DecoderHeads : _shape.EncoderHeads, WeightType.Float32);
        }
        else if (_shape.Positions == PositionEncoding.Learned)
        {
            Matrix(stack + ".embed_positions.weight", _shape.MaxPositions + _shape.PositionOffset, width, WeightType.Float32);
        }

        if (_shape.EmbeddingNorm)
        {
            Norm(stack + ".layernorm_embedding");
        }

        if (_shape.FinalNorm)
        {
            Norm(stack + ".layer_norm");
        }

        for (int layer = 0; layer < layers; layer++)
        {
            string prefix = $"{stack}.layers.{layer}.";
            Attention(prefix + "self_attn", inner);
            if (isDecoder)
            {
                // Present even where the declaration cuts cross-attention out: the file is the trained model's.
                Attention(prefix + "encoder_attn", inner);
            }

            Linear(prefix + "fc1", feedForward, width, _shape.FeedForwardBias, _shape.FeedForwardWeights);
            if (_shape.GatedFeedForward)
            {
                Linear(prefix + "fc_gate", feedForward, width, _shape.FeedForwardBias, _shape.FeedForwardWeights);
            }

            Linear(prefix + "fc2", width, feedForward, _shape.FeedForwardBias, _shape.FeedForwardWeights);
            Norm(prefix + "final_layer_norm");
        }
    }

    private void Attention(string name, int inner)
    {
        Linear(name + ".q_proj", inner, _shape.ModelDim, _shape.QueryBias, _shape.AttentionWeights);
        Linear(name + ".k_proj", inner, _shape.ModelDim, _shape.KeyBias, _shape.AttentionWeights);
        Linear(name + ".v_proj", inner, _shape.ModelDim, _shape.ValueBias, _shape.AttentionWeights);
        Linear(name + ".out_proj", _shape.ModelDim, inner, _shape.OutputProjectionBias, _shape.AttentionWeights);
        Norm(name + "_layer_norm");
    }

    private void Linear(string name, int outputs, int inputs, bool bias, WeightType type)
    {
        Matrix(name + ".weight", outputs, inputs, type);
        if (bias)
        {
            Vector(name + ".bias", outputs, centre: 0);
        }
    }

    private void Norm(string name)
    {
        Vector(name + ".weight", _shape.ModelDim, centre: 1);
        if (_shape.NormBias)
        {
            Vector(name + ".bias", _shape.ModelDim, centre: 0);
        }
    }

    private void Matrix(string name, int rows, int columns, WeightType type) =>
        _tensors.Add(name, new(name, [rows, columns], Grid.Draw(_random, type, rows, columns, 1.5 / Math.Sqrt(columns)), type));

    private void Vector(string name, int length, double centre) =>
        Add(name, name == "final_logits_bias" ? [1, length] : [length], centre, 0.3);

    private void Add(string name, int[] shape, double centre, double spread)
    {
        float[] values = new float[shape.Aggregate(1, static (product, size) => product * size)];
        for (int index = 0; index < values.Length; index++)
        {
            values[index] = (float)(centre + (spread * ((2 * _random.NextDouble()) - 1)));
        }

        _tensors.Add(name, new(name, shape, values));
    }
}
