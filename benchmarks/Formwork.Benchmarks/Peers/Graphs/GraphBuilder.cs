using Formwork.Benchmarks.Peers.Onnx;
using Formwork.Benchmarks.Shapes;

namespace Formwork.Benchmarks.Peers.Graphs;

/// <summary>
/// Builds the three graphs into which a translator is cut for ONNX Runtime: the encoder, the keys and values of cross-attention (once a
/// source), and one step of the decoder with its cache.
/// </summary>
internal sealed class GraphBuilder(Shape shape, Flavour flavour, bool quantised)
{
    private readonly bool _fused = flavour == Flavour.Fused;

    /// <summary>Token ids to the encoder's output.</summary>
    public OnnxGraph Encoder()
    {
        OnnxGraph graph = new();
        LayerBuilder layers = new(graph, shape, quantised);
        string x = layers.Embed(graph.Input(GraphNames.Ids, OnnxType.Int64, 1, shape.SourceTokens), positions: null);
        for (int layer = 0; layer < shape.EncoderLayers; layer++)
        {
            string context = _fused
                ? layers.FusedAttention(layers.QueryKeyValue(x))
                : layers.PlainAttention(layers.Heads(layers.Project(x)), layers.Heads(layers.Project(x), transposed: true), layers.Heads(layers.Project(x)));
            x = layers.FeedForward(layers.AddAndNorm(layers.Project(context), x));
        }

        graph.Output(x, GraphNames.Hidden, 1, shape.SourceTokens, shape.ModelDim);
        return graph;
    }

    /// <summary>The encoder's output to every decoder layer's keys and values.</summary>
    public OnnxGraph CrossCache()
    {
        OnnxGraph graph = new();
        LayerBuilder layers = new(graph, shape, quantised);
        string hidden = graph.Input(GraphNames.Hidden, OnnxType.Float, 1, shape.SourceTokens, shape.ModelDim);
        for (int layer = 0; layer < shape.DecoderLayers; layer++)
        {
            string[] names = GraphNames.Cross(layer);
            graph.Output(layers.Heads(layers.Project(hidden), transposed: !_fused), names[0], CrossKeyDims);
            graph.Output(layers.Heads(layers.Project(hidden)), names[1], CrossValueDims);
        }

        return graph;
    }

    /// <summary>One token and the caches to logits and longer caches.</summary>
    public OnnxGraph DecoderStep()
    {
        OnnxGraph graph = new();
        LayerBuilder layers = new(graph, shape, quantised);
        string id = graph.Input(GraphNames.Id, OnnxType.Int64, 1, 1);
        string x = layers.Embed(id, graph.Input(GraphNames.Position, OnnxType.Int64, 1));
        for (int layer = 0; layer < shape.DecoderLayers; layer++)
        {
            x = layers.AddAndNorm(layers.Project(SelfAttention(graph, layers, x, layer)), x);
            x = layers.AddAndNorm(layers.Project(CrossAttention(graph, layers, x, layer)), x);
            x = layers.FeedForward(x);
        }

        graph.Output(layers.Linear(x, shape.ModelDim, shape.VocabSize), GraphNames.Logits, 1, 1, shape.VocabSize);
        return graph;
    }

    private OnnxDim[] CrossKeyDims => _fused ? CrossValueDims : [1, shape.Heads, shape.HeadDim, shape.SourceTokens];

    private OnnxDim[] CrossValueDims => [1, shape.Heads, shape.SourceTokens, shape.HeadDim];

    private string SelfAttention(OnnxGraph graph, LayerBuilder layers, string x, int layer)
    {
        string[] present = GraphNames.Present(layer);
        string[] past = [.. GraphNames.Past(layer).Select(name => graph.Input(name, OnnxType.Float, 1, shape.Heads, "past", shape.HeadDim))];
        Array.ForEach(present, name => graph.DeclareOutput(name, 1, shape.Heads, "present", shape.HeadDim));
        if (_fused)
        {
            return layers.FusedAttention(layers.QueryKeyValue(x), past, present);
        }

        string query = layers.Heads(layers.Project(x));
        graph.NamedNode("Concat", [past[0], layers.Heads(layers.Project(x))], [present[0]], attributes: new OnnxAttribute("axis", 2));
        graph.NamedNode("Concat", [past[1], layers.Heads(layers.Project(x))], [present[1]], attributes: new OnnxAttribute("axis", 2));
        return layers.PlainAttention(query, graph.Node("Transpose", [present[0]], new OnnxAttribute("perm", [0, 1, 3, 2])), present[1]);
    }

    private string CrossAttention(OnnxGraph graph, LayerBuilder layers, string x, int layer)
    {
        string[] names = GraphNames.Cross(layer);
        string keys = graph.Input(names[0], OnnxType.Float, CrossKeyDims);
        string values = graph.Input(names[1], OnnxType.Float, CrossValueDims);
        string query = layers.Project(x);
        return _fused ? layers.FusedAttention(query, keys, values) : layers.PlainAttention(layers.Heads(query), keys, values);
    }
}
