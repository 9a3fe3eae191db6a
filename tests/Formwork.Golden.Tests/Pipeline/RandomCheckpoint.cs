using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Formwork.Golden.Tests.Pipeline;

/// <summary>Writes <c>model.safetensors</c> of small models with random weights, by the tensors' names and shapes that Hugging Face's classes have.</summary>
internal sealed class RandomCheckpoint
{
    private const double Spread = 0.6;
    private readonly List<(string Name, int[] Shape, float[] Values)> _tensors = [];

    /// <summary>A BART, or an M2M100, which has no norm on the embeddings but one behind each stack, and positions that are computed.</summary>
    public static void WriteBart(string path, int width, int feedForward, int vocabulary, int positions, bool isM2M100 = false)
    {
        var checkpoint = new RandomCheckpoint();
        checkpoint.Matrix("model.shared.weight", vocabulary, width);
        foreach (string stack in new[] { "encoder", "decoder" })
        {
            string prefix = $"model.{stack}.";
            if (isM2M100)
            {
                checkpoint.Norm(prefix + "layer_norm", width);
            }
            else
            {
                checkpoint.Matrix(prefix + "embed_positions.weight", positions + 2, width);
                checkpoint.Norm(prefix + "layernorm_embedding", width);
            }

            string layer = prefix + "layers.0.";
            foreach (string attention in stack == "encoder" ? new[] { "self_attn" } : ["self_attn", "encoder_attn"])
            {
                checkpoint.Norm($"{layer}{attention}_layer_norm", width);
                foreach (string projection in new[] { "q_proj", "k_proj", "v_proj", "out_proj" })
                {
                    checkpoint.Linear($"{layer}{attention}.{projection}", width, width);
                }
            }

            checkpoint.Linear(layer + "fc1", feedForward, width);
            checkpoint.Linear(layer + "fc2", width, feedForward);
            checkpoint.Norm(layer + "final_layer_norm", width);
        }

        if (!isM2M100)
        {
            checkpoint.Add("final_logits_bias", [1, vocabulary], 0, 0);
        }

        checkpoint.Write(path);
    }

    /// <summary>A T5 of the first version: tied, without a gate.</summary>
    public static void WriteT5(string path, int width, int heads, int feedForward, int vocabulary)
    {
        var checkpoint = new RandomCheckpoint();
        checkpoint.Matrix("shared.weight", vocabulary, width);
        foreach ((string stack, string[] attentions) in new (string, string[])[] { ("encoder", ["SelfAttention"]), ("decoder", ["SelfAttention", "EncDecAttention"]) })
        {
            string block = stack + ".block.0.layer.";
            for (int index = 0; index < attentions.Length; index++)
            {
                foreach (string projection in new[] { "q", "k", "v", "o" })
                {
                    checkpoint.Matrix($"{block}{index}.{attentions[index]}.{projection}.weight", width, width);
                }

                checkpoint.Ones($"{block}{index}.layer_norm.weight", width);
            }

            checkpoint.Matrix(block + "0.SelfAttention.relative_attention_bias.weight", 32, heads);
            checkpoint.Matrix($"{block}{attentions.Length}.DenseReluDense.wi.weight", feedForward, width);
            checkpoint.Matrix($"{block}{attentions.Length}.DenseReluDense.wo.weight", width, feedForward);
            checkpoint.Ones($"{block}{attentions.Length}.layer_norm.weight", width);
            checkpoint.Ones(stack + ".final_layer_norm.weight", width);
        }

        checkpoint.Write(path);
    }

    private void Linear(string name, int outputs, int inputs)
    {
        Matrix(name + ".weight", outputs, inputs);
        Add(name + ".bias", [outputs], 0, Spread);
    }

    private void Norm(string name, int width)
    {
        Ones(name + ".weight", width);
        Add(name + ".bias", [width], 0, Spread);
    }

    private void Ones(string name, int width) => Add(name, [width], 1, Spread);

    private void Matrix(string name, int rows, int columns) => Add(name, [rows, columns], 0, Spread);

    /// <summary>Values are drawn from the tensor's name, so that the order in which tensors are written changes none.</summary>
    private void Add(string name, int[] shape, double centre, double spread)
    {
        int seed = name.Aggregate(17, static (hash, letter) => unchecked((hash * 31) + letter));
        var random = new Random(seed);
        float[] values = new float[shape.Aggregate(1, static (product, size) => product * size)];
        for (int index = 0; index < values.Length; index++)
        {
            values[index] = (float)(centre + (spread * ((2 * random.NextDouble()) - 1)));
        }

        _tensors.Add((name, shape, values));
    }

    private void Write(string path)
    {
        var header = new StringBuilder("{");
        long offset = 0;
        foreach ((string name, int[] shape, float[] values) in _tensors)
        {
            long end = offset + (values.Length * sizeof(float));
            header.Append(CultureInfo.InvariantCulture, $"{(offset == 0 ? "" : ",")}\"{name}\":{{\"dtype\":\"F32\",\"shape\":[{string.Join(',', shape)}],\"data_offsets\":[{offset},{end}]}}");
            offset = end;
        }

        byte[] json = Encoding.UTF8.GetBytes(header.Append('}').ToString());
        byte[] length = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        using FileStream file = File.Create(path);
        file.Write(length);
        file.Write(json);
        foreach ((_, _, float[] values) in _tensors)
        {
            file.Write(MemoryMarshal.AsBytes<float>(values));
        }
    }
}
