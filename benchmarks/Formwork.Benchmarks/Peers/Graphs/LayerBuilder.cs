using Formwork.Benchmarks.Measuring;
using Formwork.Benchmarks.Peers.Onnx;
using Formwork.Benchmarks.Shapes;

namespace Formwork.Benchmarks.Peers.Graphs;

/// <summary>Adds the parts of a transformer to a graph, with random weights.</summary>
/// <param name="graph">The graph.</param>
/// <param name="shape">The sizes.</param>
/// <param name="quantised">Whether weights are 8-bit integers, as onnxruntime's <c>quantize_dynamic</c> makes them with a scale a column.</param>
internal sealed class LayerBuilder(OnnxGraph graph, Shape shape, bool quantised)
{
    private const float Epsilon = 1e-5f;
    private const float BiasDeviation = 0.01f;
    private readonly Dictionary<string, string[]> _quantisedInputs = [];
    private RandomNumbers _numbers = new(seed: 2);

    /// <summary>Rows of token embeddings, scaled, with their positions.</summary>
    /// <param name="ids">The token ids.</param>
    /// <param name="positions">The position of each, or null where they are 0, 1, 2 …</param>
    public string Embed(string ids, string? positions)
    {
        string table = graph.Constant(Random(shape.VocabSize, shape.ModelDim, 1 / MathF.Sqrt(shape.ModelDim)), shape.VocabSize, shape.ModelDim);
        string rows = graph.Node("Gather", [table, ids]);
        string scaled = graph.Node("Mul", [rows, graph.Constant([MathF.Sqrt(shape.ModelDim)])]);
        string places = Positions(positions is null ? shape.SourceTokens : shape.TargetTokens);
        return graph.Node("Add", [scaled, positions is null ? places : graph.Node("Gather", [places, positions])]);
    }

    /// <summary>x·W + b.</summary>
    public string Linear(string x, int inputs, int outputs)
    {
        float[] weight = Random(inputs, outputs, 1 / MathF.Sqrt(inputs));
        string product = quantised ? QuantisedProduct(x, weight, inputs, outputs) : graph.Node("MatMul", [x, graph.Constant(weight, inputs, outputs)]);
        return graph.Node("Add", [product, graph.Constant(Random(1, outputs, BiasDeviation), outputs)]);
    }

    /// <summary>The norm of a sub-layer's result added to what went into it.</summary>
    public string AddAndNorm(string subLayer, string x)
    {
        float[] ones = new float[shape.ModelDim];
        Array.Fill(ones, 1);
        string weight = graph.Constant(ones, shape.ModelDim);
        string bias = graph.Constant(new float[shape.ModelDim], shape.ModelDim);
        return graph.Node("LayerNormalization", [graph.Node("Add", [subLayer, x]), weight, bias], new("axis", -1), new("epsilon", Epsilon));
    }

    /// <summary>The feed-forward sub-layer, residual and norm included.</summary>
    public string FeedForward(string x)
    {
        string hidden = Activate(Linear(x, shape.ModelDim, shape.FeedForwardDim));
        return AddAndNorm(Linear(hidden, shape.FeedForwardDim, shape.ModelDim), x);
    }

    /// <summary>Queries, keys and values of self-attention in one product.</summary>
    public string[] QueryKeyValue(string x)
    {
        string packed = Linear(x, shape.ModelDim, 3 * shape.ModelDim);
        string sizes = graph.Sizes(shape.ModelDim, shape.ModelDim, shape.ModelDim);
        return graph.Node("Split", string.Empty, 3, [packed, sizes], new OnnxAttribute("axis", 2));
    }

    /// <summary>ONNX Runtime's own attention.</summary>
    public string FusedAttention(params string[] inputs) => graph.Node("MultiHeadAttention", OnnxGraph.Microsoft, 1, inputs, HeadCount)[0];

    /// <summary>ONNX Runtime's own attention with a cache that it appends to.</summary>
    public string FusedAttention(string[] queryKeyValue, string[] past, string[] present)
    {
        string context = present[0] + "_context";
        graph.NamedNode("MultiHeadAttention", [.. queryKeyValue, "", "", "", .. past], [context, .. present], OnnxGraph.Microsoft, HeadCount);
        return context;
    }

    /// <summary>A projection cut into heads: [1, heads, rows, width], or with the last two the other way round, as keys are needed.</summary>
    public string Heads(string x, bool transposed = false)
    {
        string apart = graph.Node("Reshape", [x, graph.Sizes(1, -1, shape.Heads, shape.HeadDim)]);
        return graph.Node("Transpose", [apart], new OnnxAttribute("perm", transposed ? [0, 2, 3, 1] : [0, 2, 1, 3]));
    }

    /// <summary>A projection of the model's width.</summary>
    public string Project(string x) => Linear(x, shape.ModelDim, shape.ModelDim);

    /// <summary>softmax(Q·Kᵀ/√width)·V, heads side by side again.</summary>
    public string PlainAttention(string query, string transposedKeys, string values)
    {
        string scores = graph.Node("Mul", [graph.Node("MatMul", [query, transposedKeys]), graph.Constant([1 / MathF.Sqrt(shape.HeadDim)])]);
        string context = graph.Node("MatMul", [graph.Node("Softmax", [scores], new OnnxAttribute("axis", -1)), values]);
        string beside = graph.Node("Transpose", [context], new OnnxAttribute("perm", [0, 2, 1, 3]));
        return graph.Node("Reshape", [beside, graph.Sizes(1, -1, shape.ModelDim)]);
    }

    private OnnxAttribute HeadCount => new("num_heads", shape.Heads);

    private string Activate(string x) => shape.Activation switch
    {
        ActivationFunction.Relu => graph.Node("Relu", [x]),
        ActivationFunction.GeluErf => graph.Node("Gelu", OnnxGraph.Microsoft, 1, [x])[0],
        ActivationFunction.Silu => graph.Node("Mul", [x, graph.Node("Sigmoid", [x])]),
        _ => throw new NotSupportedException($"The peers' graphs have no {shape.Activation}."),
    };

    // What quantize_dynamic emits: activations are quantised once for all products that take them, and scaled back after each.
    private string QuantisedProduct(string x, float[] weight, int inputs, int outputs)
    {
        if (!_quantisedInputs.TryGetValue(x, out string[]? quantisedInput))
        {
            quantisedInput = graph.Node("DynamicQuantizeLinear", string.Empty, 3, [x]);
            _quantisedInputs.Add(x, quantisedInput);
        }

        (sbyte[] bytes, float[] scales) = ColumnQuantisation.Apply(weight, outputs);
        string zeros = graph.Constant(new sbyte[outputs], outputs);
        string sums = graph.Node("MatMulInteger", [quantisedInput[0], graph.Constant(bytes, inputs, outputs), quantisedInput[2], zeros]);
        string floats = graph.Node("Cast", [sums], new OnnxAttribute("to", (long)OnnxType.Float));
        string scale = graph.Node("Mul", [quantisedInput[1], graph.Constant(scales, outputs)]);
        return graph.Node("Mul", [floats, scale]);
    }

    private float[] Random(int rows, int columns, float deviation)
    {
        float[] values = new float[(long)rows * columns];
        foreach (ref float value in values.AsSpan())
        {
            value = _numbers.Next(0, deviation);
        }

        return values;
    }

    private string Positions(int count) => graph.Constant(Sinusoids(count), count, shape.ModelDim);

    private float[] Sinusoids(int positions)
    {
        int half = shape.ModelDim / 2;
        float[] table = new float[positions * shape.ModelDim];
        for (int position = 0; position < positions; position++)
        {
            for (int pair = 0; pair < half; pair++)
            {
                (double sine, double cosine) = Math.SinCos(position * Math.Pow(10000, -2.0 * pair / shape.ModelDim));
                table[(position * shape.ModelDim) + pair] = (float)sine;
                table[(position * shape.ModelDim) + half + pair] = (float)cosine;
            }
        }

        return table;
    }
}
