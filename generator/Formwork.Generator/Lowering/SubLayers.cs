using Formwork.Generator.Model;

namespace Formwork.Generator.Lowering;

/// <summary>The parts that encoder and decoder layers share: a sub-layer's residual and norms, and the feed-forward.</summary>
internal sealed class SubLayers(TransformerSpec spec, MethodBuilder method, Size rows, Size modelDim)
{
    /// <summary>The residual stream.</summary>
    public const string Hidden = "hidden";

    /// <summary>A normed copy of the residual stream, where norms come first.</summary>
    public const string Normalized = "normalized";

    /// <summary>The inside of the feed-forward.</summary>
    public const string Inner = "inner";

    private bool NormFirst => spec.Norm.Placement == NormPlacement.Before;

    /// <summary>Wraps a sub-layer in its residual and its norm, in the order of the model's norm axis.</summary>
    /// <param name="comment">The sub-layer's formula.</param>
    /// <param name="norm">Prefix of the norm's weights.</param>
    /// <param name="body">Emits the sub-layer from the operand it is given; its last projection adds to <see cref="Hidden"/>, the residual.</param>
    public void Wrap(string comment, string norm, Action<string> body)
    {
        method.Block(comment);
        if (NormFirst)
        {
            Norm(Hidden, norm, Normalized);
        }

        body(NormFirst ? Normalized : Hidden);
        if (!NormFirst)
        {
            method.Block("Norm of the residual: x = LayerNorm(x)");
            Norm(Hidden, norm, Hidden);
        }
    }

    /// <summary>The position-wise feed-forward, "Attention Is All You Need" equation 2.</summary>
    /// <param name="prefix">Prefix of its weights: <c>DecoderLayer0FeedForward</c>.</param>
    /// <param name="width">Its inner width.</param>
    public void FeedForward(string prefix, Size width)
    {
        string activation = Formula(spec.Activation, spec.Bias.FeedForward ? "x·W1 + b1" : "x·W1");
        string bias = spec.Bias.FeedForward ? " + b2" : string.Empty;
        Wrap(
            $"Feed-forward: x += {activation}·W2{bias}  [{modelDim.Value} → {width.Value} → {modelDim.Value}]",
            prefix + "Norm",
            input =>
            {
                method.Add(new LinearOperation(spec.Activation.ToString(), input, prefix + "1Weight", Bias(prefix + "1"), Inner, rows));
                method.Add(new LinearOperation(LinearOperation.Accumulate, Inner, prefix + "2Weight", Bias(prefix + "2"), Hidden, rows));
            });

        string? Bias(string name) => spec.Bias.FeedForward ? name + "Bias" : null;
    }

    /// <summary>A norm of the whole residual stream, in place.</summary>
    public void NormInPlace(string comment, string norm)
    {
        method.Block(comment);
        Norm(Hidden, norm, Hidden);
    }

    private static string Formula(ActivationFunction activation, string x) => activation switch
    {
        ActivationFunction.Relu => $"max(0, {x})",
        ActivationFunction.GeluErf => $"gelu({x})",
        ActivationFunction.GeluTanh => $"gelu_tanh({x})",
        _ => $"silu({x})",
    };

    private void Norm(string input, string norm, string output) => method.Add(new LayerNormOperation(
        input, norm + "Weight", spec.Norm.Bias ? norm + "Bias" : null, output, rows, modelDim));
}
