using Formwork.Generator.Model;

namespace Formwork.Generator.Lowering;

/// <summary>The names under which generated code reads its weights. Weight lowering defines exactly these.</summary>
internal sealed class WeightNames(TransformerSpec spec)
{
    private readonly BiasSpec _bias = spec.Bias;

    /// <summary>One table for source, target and, where it is tied, the output projection; or the stack's own.</summary>
    public string EncoderEmbedding => spec.Embedding.Share ? "SharedEmbedding" : "EncoderEmbedding";

    public string DecoderEmbedding => spec.Embedding.Share ? "SharedEmbedding" : "DecoderEmbedding";

    public string OutputWeight => spec.Embedding.TieOutput ? DecoderEmbedding : "OutputWeight";

    /// <summary>The table that is added to the embeddings of a stack, or null where positions act on attention.</summary>
    public string? Positions(string stack) => spec.Positions.IsRelative ? null : stack + "Positions";

    public static string EncoderLayer(int layer) => $"EncoderLayer{layer}";

    public static string DecoderLayer(int layer) => $"DecoderLayer{layer}";

    public string? QueryKeyValueBias(string layer) => _bias.Query || _bias.Key || _bias.Value ? layer + "SelfQueryKeyValueBias" : null;

    public string? QueryBias(string layer) => _bias.Query ? layer + "CrossQueryBias" : null;

    public string? KeyValueBias(string layer) => _bias.Key || _bias.Value ? layer + "CrossKeyValueBias" : null;

    public string? OutputProjectionBias(string attention) => _bias.OutputProjection ? attention + "OutputBias" : null;
}
