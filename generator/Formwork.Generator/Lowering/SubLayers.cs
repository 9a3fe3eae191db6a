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

    /// <summary>What multiplies the inside of a gated feed-forward.</summary>
    public const string Gate = "gate";

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
            method.Block($"Norm of the residual: x = {spec.Norm.Kind}(x)");
            Norm(Hidden, norm, Hidden);
        }
    }

    /// <summary>The position-wise feed-forward, "Attention Is All You Need" equation 2.</summary>
    /// <param name="prefix">Prefix of its weights: <c>DecoderLayer0FeedForward</c>.</param>
    /// <param name="width">Its inner width.</param>
    public void FeedForward(string prefix, Size width)
    {
        bool isGated = spec.FeedForward.Gated;
        string activation = Formula(spec.FeedForward.Activation, spec.Bias.FeedForward ? "x·W1 + b1" : "x·W1");
        if (isGated)
        {
            activation = $"({activation} ∘ {(spec.Bias.FeedForward ? "(x·Wg + bg)" : "x·Wg")})";
        }

        string bias = spec.Bias.FeedForward ? " + b2" : string.Empty;
        Wrap(
            $"Feed-forward: x += {activation}·W2{bias}  [{modelDim.Value} → {width.Value} → {modelDim.Value}]",
            prefix + "Norm",
            input =>
            {
                method.Add(new LinearOperation(spec.FeedForward.Activation.ToString(), input, prefix + "1Weight", Bias(prefix + "1"), Inner, rows));
                if (isGated)
                {
                    method.Add(new LinearOperation(LinearOperation.Apply, input, prefix + "GateWeight", Bias(prefix + "Gate"), Gate, rows));
                    method.Add(new GateOperation(Inner, Gate));
                }

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

    /// <summary>The factor on the decoder's output before the logits, where the model has one.</summary>
    public void ScaleOutput()
    {
        if (spec.Embedding.ScaleOutput)
        {
            method.Block("x · 1/√ModelDim, before the logits");
            method.Add(new ScaleOperation(Hidden, "OutputScale"));
        }
    }

    /// <summary>How tokens enter, as a formula.</summary>
    /// <param name="position">The index of the position table.</param>
    public string EmbeddingFormula(string position)
    {
        string scale = spec.Embedding.Scale ? "√ModelDim · " : string.Empty;
        return spec.Positions.IsRelative ? $"x = {scale}Embedding[token]" : $"x = {scale}Embedding[token] + Position[{position}]";
    }

    private static string Formula(ActivationFunction activation, string x) => activation switch
    {
        ActivationFunction.Relu => $"max(0, {x})",
        ActivationFunction.GeluErf => $"gelu({x})",
        ActivationFunction.GeluTanh => $"gelu_tanh({x})",
        _ => $"silu({x})",
    };

    private void Norm(string input, string norm, string output) => method.Add(spec.Norm.Kind == NormKind.RmsNorm
        ? new RmsNormOperation(input, norm + "Weight", output, rows, modelDim)
        : new LayerNormOperation(input, norm + "Weight", spec.Norm.Bias ? norm + "Bias" : null, output, rows, modelDim));
}
