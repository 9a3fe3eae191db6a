using Formwork.Kernels;
using Formwork.Weights;

namespace Formwork.Tests.Weights;

/// <summary>Two trained models as they were published: a Hugging Face checkpoint, and one converted from CTranslate2.</summary>
public sealed class RealModelTests
{
    private static readonly string[] Projections = ["q_proj", "k_proj", "v_proj", "out_proj"];

    [SkippableFact]
    public void A_bart_checkpoint_loads()
    {
        string path = Model("bart-g2p");
        var slots = new Slots();
        slots.Matrix("model.shared.weight", 63, 128);
        slots.Vector("final_logits_bias", 63);
        foreach (string stack in (string[])["encoder", "decoder"])
        {
            slots.Add(WeightSlot.LearnedPositions([$"model.{stack}.embed_positions.weight"], 66, 128, 2, 64, slots.Bytes), 64 * 128 * sizeof(float));
            slots.Norm($"model.{stack}.layernorm_embedding", 128);
            slots.Layers($"model.{stack}.layers", 1, 128, 1024, stack == "decoder");
        }
        using WeightMemory memory = SafetensorsLoading.Load(path, slots.Manifest("Bart"));
        AssertEveryFloatIsInTheFile(path, memory, slots);
    }

    [SkippableFact]
    public void An_untied_prenorm_model_with_computed_positions_loads()
    {
        string path = Model("aren-transliteration");
        var slots = new Slots();
        slots.Matrix("lm_head.weight", 43, 32);
        slots.Vector("lm_head.bias", 43);
        foreach ((string stack, int symbols) in ((string, int)[])[("encoder", 51), ("decoder", 43)])
        {
            slots.Matrix($"model.{stack}.embed_tokens.weight", symbols, 32);
            slots.Norm($"model.{stack}.layer_norm", 32);
            slots.Layers($"model.{stack}.layers", 6, 32, 128, stack == "decoder");
        }
        using WeightMemory memory = SafetensorsLoading.Load(path, slots.Manifest("Aren"));
        AssertEveryFloatIsInTheFile(path, memory, slots);
    }

    [SkippableFact]
    public void A_declaration_with_fewer_layers_is_refused()
    {
        string path = Model("aren-transliteration");
        var slots = new Slots();
        slots.Layers("model.encoder.layers", 5, 32, 128, false);
        var e = Assert.Throws<WeightLoadException>(() => SafetensorsLoading.Load(path, slots.Manifest("Aren")));
        Fails.Check(e, WeightLoadError.TensorUnexpected, "fewer layers", path);
    }

    private static string Model(string name) => SharedFolder.File("models", name, "model.safetensors");

    private static void AssertEveryFloatIsInTheFile(string path, WeightMemory memory, Slots slots)
    {
        using var file = SafetensorsFile.Open(path);
        Assert.Equal(file.Tensors.Count, slots.All.Count);
        foreach (WeightSlot slot in slots.All)
        {
            Assert.True(file.TryGet(slot.Names[0], out SafetensorsTensor? tensor));
            var values = new float[slot.RowCount * slot.Columns];
            tensor.ReadFloats((long)slot.FirstFileRow * slot.Columns, values);
            Assert.True(values.AsSpan().SequenceEqual(Loaded(memory, slot)), slot.Names[0]);
        }
    }

    /// <summary>What the memory holds for a slot, rows below each other.</summary>
    private static float[] Loaded(WeightMemory memory, WeightSlot slot)
    {
        if (slot.Kind != WeightSlotKind.Matrix)
        {
            return memory.Floats(slot.Offset, slot.RowCount * slot.Columns).ToArray();
        }

        Matrix<Float32> matrix = memory.Matrix<Float32>(slot.Offset, slot.RowCount, slot.Columns);
        var values = new float[slot.RowCount * slot.Columns];
        for (int row = 0; row < slot.RowCount; row++)
        {
            Embedding.Lookup(matrix, row, 1, values.AsSpan(row * slot.Columns, slot.Columns));
        }
        return values;
    }

    private sealed class Slots
    {
        public List<WeightSlot> All { get; } = [];

        public long Bytes { get; private set; }

        public void Add(WeightSlot slot, long bytes)
        {
            All.Add(slot);
            Bytes += (bytes + 63) / 64 * 64;
        }

        public void Matrix(string name, int rows, int columns) =>
            Add(WeightSlot.Matrix<Float32>([name], rows, columns, Bytes), PanelLayout.Bytes<Float32>(rows, columns));

        public void Vector(string name, int length) => Add(WeightSlot.Vector([name], length, Bytes), length * sizeof(float));

        public void Norm(string name, int width)
        {
            Vector(name + ".weight", width);
            Vector(name + ".bias", width);
        }

        public void Layers(string prefix, int count, int width, int feedForward, bool decoder)
        {
            for (int layer = 0; layer < count; layer++)
            {
                string name = $"{prefix}.{layer}.";
                foreach (string attention in decoder ? (string[])["self_attn", "encoder_attn"] : ["self_attn"])
                {
                    foreach (string projection in Projections)
                    {
                        Matrix($"{name}{attention}.{projection}.weight", width, width);
                        Vector($"{name}{attention}.{projection}.bias", width);
                    }
                    Norm($"{name}{attention}_layer_norm", width);
                }
                Matrix(name + "fc1.weight", feedForward, width);
                Vector(name + "fc1.bias", feedForward);
                Matrix(name + "fc2.weight", width, feedForward);
                Vector(name + "fc2.bias", width);
                Norm(name + "final_layer_norm", width);
            }
        }

        public WeightManifest Manifest(string model) => new(model, Bytes, [.. All], []);
    }
}
