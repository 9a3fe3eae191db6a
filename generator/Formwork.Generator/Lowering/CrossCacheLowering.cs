using Formwork.Generator.Model;

namespace Formwork.Generator.Lowering;

/// <summary>Orders PrecomputeCrossCache: every decoder layer's keys and values of the encoder's output, once a source.</summary>
internal sealed class CrossCacheLowering(TransformerSpec spec, ModelSizes sizes, WeightNames weights)
{
    private static readonly Size Rows = new("sourceLength", 0);

    /// <summary>The buffer for one layer's keys and values before they are laid out for attention.</summary>
    public (string Name, Size Length) Workspace => ("keyValue", sizes.SourceLength.Times(RowWidth));

    /// <summary>Floats that one source row takes in the buffer.</summary>
    public Size RowWidth => sizes.Decoder.InnerDim.Times(2);

    /// <summary>The operations.</summary>
    public MethodBuilder Precompute()
    {
        var method = new MethodBuilder();
        AttentionShape shape = sizes.DecoderCross;
        for (int layer = 0; layer < spec.Decoder.Layers; layer++)
        {
            string prefix = WeightNames.DecoderLayer(layer);
            method.Block($"Layer {layer}: K = encoder output · Wk, V = encoder output · Wv  [rows × {sizes.ModelDim.Value} → 2 × {shape.InnerDim.Value}]");
            method.Add(new LinearOperation(
                    LinearOperation.Apply, SubLayers.Hidden, prefix + "CrossKeyValueWeight", weights.KeyValueBias(prefix), "keyValue", Rows));
            method.Add(new StoreOperation(
                "keyValue", new("0", 0), shape.InnerDim, shape.InnerDim.Times(2), $"state.{prefix}CrossKeys", $"state.{prefix}CrossValues", Rows.Text, shape));
        }

        return method;
    }
}
