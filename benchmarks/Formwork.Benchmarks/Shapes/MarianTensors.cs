namespace Formwork.Benchmarks.Shapes;

/// <summary>The tensors of a Marian checkpoint as Hugging Face names them; sinusoids are left to the loader.</summary>
internal static class MarianTensors
{
    /// <summary>The vector that is added to the logits.</summary>
    public const string LogitsBias = "final_logits_bias";

    private static readonly string[] Projections = ["q_proj", "k_proj", "v_proj", "out_proj"];

    /// <summary>Lists the tensors of a shape.</summary>
    public static IEnumerable<RandomTensor> Of(Shape shape) =>
    [
        RandomTensor.Matrix("model.shared.weight", shape.VocabSize, shape.ModelDim),
        .. Enumerable.Range(0, shape.EncoderLayers).SelectMany(layer => Layer(shape, $"model.encoder.layers.{layer}", ["self_attn"])),
        .. Enumerable.Range(0, shape.DecoderLayers).SelectMany(layer => Layer(shape, $"model.decoder.layers.{layer}", ["self_attn", "encoder_attn"])),
        RandomTensor.Vector(LogitsBias, shape.VocabSize, 0, 0),
    ];

    private static IEnumerable<RandomTensor> Layer(Shape shape, string layer, string[] attentions) =>
    [
        .. attentions.SelectMany(attention => Attention(shape, $"{layer}.{attention}")),
        .. Projection($"{layer}.fc1", shape.FeedForwardDim, shape.ModelDim),
        .. Projection($"{layer}.fc2", shape.ModelDim, shape.FeedForwardDim),
        .. Norm($"{layer}.final_layer_norm", shape.ModelDim),
    ];

    private static IEnumerable<RandomTensor> Attention(Shape shape, string attention) =>
    [
        .. Projections.SelectMany(part => Projection($"{attention}.{part}", shape.ModelDim, shape.ModelDim)),
        .. Norm($"{attention}_layer_norm", shape.ModelDim),
    ];

    private static RandomTensor[] Projection(string name, int outputs, int inputs) =>
        [RandomTensor.Matrix(name + ".weight", outputs, inputs), RandomTensor.Vector(name + ".bias", outputs, 0, 0.01f)];

    private static RandomTensor[] Norm(string name, int width) =>
        [RandomTensor.Vector(name + ".weight", width, 1, 0), RandomTensor.Vector(name + ".bias", width, 0, 0)];
}
