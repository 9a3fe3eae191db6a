namespace Formwork.Generator.Tests.Reference;

/// <summary>
/// An encoder–decoder transformer in plain double precision, written from the formulas of "Attention Is All You Need" and of the families'
/// published code: no cache, no packing, the whole target at once under a mask. It shares nothing with what the generator emits.
/// </summary>
internal sealed class ReferenceTransformer(ModelShape shape, RandomWeights weights)
{
    /// <summary>The cross-attention weights of the last call: [layer][position][head][source].</summary>
    public List<double[][][]> CrossWeights { get; } = [];

    /// <summary>The logits behind each target token, the start token first.</summary>
    public double[][] Logits(int[] source, int[] target)
    {
        CrossWeights.Clear();
        double[][] memory = Encode(source);
        double[][] x = Embed("decoder", weights.Embedding("decoder"), target);
        for (int layer = 0; layer < shape.DecoderLayers; layer++)
        {
            string prefix = $"model.decoder.layers.{layer}.";
            x = SubLayer(x, prefix + "self_attn_layer_norm", y => Attention(prefix + "self_attn", y, y, shape.DecoderHeads, shape.DecoderHeadDim, isMasked: true, biased: "decoder"));
            if (shape.CrossAttention)
            {
                double[][][] recorded = [.. target.Select(_ => new double[shape.DecoderHeads][])];
                x = SubLayer(x, prefix + "encoder_attn_layer_norm", y => Attention(prefix + "encoder_attn", y, memory, shape.DecoderHeads, shape.DecoderHeadDim, isMasked: false, recorded));
                CrossWeights.Add(recorded);
            }

            x = SubLayer(x, prefix + "final_layer_norm", y => FeedForward(prefix, y));
        }

        x = Final(x, "decoder");
        if (shape.ScaleOutput)
        {
            x = [.. x.Select(row => row.Select(value => value / Math.Sqrt(shape.ModelDim)).ToArray())];
        }

        Tensor output = shape.TieOutput ? weights.Embedding("decoder") : weights["lm_head.weight"];
        return [.. x.Select(row => Product(output, shape.OutputBias ? weights[shape.OutputBiasName] : null, row))];
    }

    private double[][] Encode(int[] source)
    {
        double[][] x = Embed("encoder", weights.Embedding("encoder"), source);
        for (int layer = 0; layer < shape.EncoderLayers; layer++)
        {
            string prefix = $"model.encoder.layers.{layer}.";
            x = SubLayer(x, prefix + "self_attn_layer_norm", y => Attention(prefix + "self_attn", y, y, shape.EncoderHeads, shape.EncoderHeadDim, isMasked: false, biased: "encoder"));
            x = SubLayer(x, prefix + "final_layer_norm", y => FeedForward(prefix, y));
        }

        return Final(x, "encoder");
    }

    private double[][] Embed(string stack, Tensor table, int[] tokens)
    {
        double scale = shape.ScaleEmbedding ? Math.Sqrt(shape.ModelDim) : 1;
        double[][] x = new double[tokens.Length][];
        for (int row = 0; row < tokens.Length; row++)
        {
            x[row] = new double[shape.ModelDim];
            for (int column = 0; column < shape.ModelDim; column++)
            {
                x[row][column] = (scale * table[tokens[row], column]) + Position(stack, row + shape.PositionOffset, column);
            }
        }

        return shape.EmbeddingNorm ? Norm(x, $"model.{stack}.layernorm_embedding") : x;
    }

    private double Position(string stack, int position, int column)
    {
        int width = shape.ModelDim;
        int half = width / 2;
        switch (shape.Positions)
        {
            case PositionEncoding.RelativeBuckets:
                return 0;
            case PositionEncoding.Learned:
                return weights[$"model.{stack}.embed_positions.weight"][position, column];
            case PositionEncoding.SinusoidInterleaved:
                double angle = position / Math.Pow(10000, 2.0 * (column / 2) / width);
                return column % 2 == 0 ? Math.Sin(angle) : Math.Cos(angle);
            case PositionEncoding.SinusoidHuggingFace:
                double huggingFace = position / Math.Pow(10000, 2.0 * (column % half) / width);
                return column < half ? Math.Sin(huggingFace) : Math.Cos(huggingFace);
            default:
                double tensorToTensor = position * Math.Exp(-(column % half) * Math.Log(10000) / (half - 1));
                return column < half ? Math.Sin(tensorToTensor) : Math.Cos(tensorToTensor);
        }
    }

    private double[][] SubLayer(double[][] x, string norm, Func<double[][], double[][]> body) => shape.Norm == NormPlacement.After
        ? Norm(Add(x, body(x)), norm)
        : Add(x, body(Norm(x, norm)));

    private double[][] Final(double[][] x, string stack) => shape.FinalNorm ? Norm(x, $"model.{stack}.layer_norm") : x;

    private double[][] Attention(string name, double[][] queries, double[][] memory, int heads, int headDim, bool isMasked, double[][][]? recorded = null, string? biased = null)
    {
        double[][] q = Project(name + ".q_proj", queries, shape.QueryBias);
        double[][] k = Project(name + ".k_proj", memory, shape.KeyBias);
        double[][] v = Project(name + ".v_proj", memory, shape.ValueBias);
        double[][] context = [.. queries.Select(_ => new double[heads * headDim])];
        for (int row = 0; row < queries.Length; row++)
        {
            int visible = isMasked ? row + 1 : memory.Length;
            for (int head = 0; head < heads; head++)
            {
                int first = head * headDim;
                double[] scores = [.. Enumerable.Range(0, visible).Select(t => (Enumerable.Range(first, headDim).Sum(j => q[row][j] * k[t][j]) / (shape.ScaleAttention ? Math.Sqrt(headDim) : 1)) + Bias(biased, head, t - row))];
                double highest = scores.Max();
                double[] exponentials = [.. scores.Select(score => Math.Exp(score - highest))];
                double sum = exponentials.Sum();
                if (recorded is not null)
                {
                    recorded[row][head] = [.. exponentials.Select(value => value / sum)];
                }

                for (int j = first; j < first + headDim; j++)
                {
                    context[row][j] = Enumerable.Range(0, visible).Sum(t => exponentials[t] / sum * v[t][j]);
                }
            }
        }

        return Project(name + ".out_proj", context, shape.OutputProjectionBias);
    }

    /// <summary>T5's bias for a distance. Distances below half of a direction's buckets have one each; the rest are spread logarithmically.</summary>
    private double Bias(string? stack, int head, int distance)
    {
        if (stack is null || shape.Positions != PositionEncoding.RelativeBuckets)
        {
            return 0;
        }

        int buckets = stack == "encoder" ? shape.RelativeBuckets / 2 : shape.RelativeBuckets;
        int bucket = stack == "encoder" && distance > 0 ? buckets : 0;
        int size = Math.Abs(distance);
        int near = buckets / 2;
        bucket += size < near
            ? size
            : Math.Min(buckets - 1, near + (int)Math.Floor((float)(MathF.Log((float)size / near) / (float)Math.Log((double)shape.RelativeMaxDistance / near)) * (buckets - near)));
        return weights[$"model.{stack}.embed_positions.weight"][bucket, head];
    }

    private double[][] FeedForward(string prefix, double[][] x)
    {
        double[][] inner = [.. Project(prefix + "fc1", x, shape.FeedForwardBias).Select(row => row.Select(Activate).ToArray())];
        if (shape.GatedFeedForward)
        {
            double[][] gate = Project(prefix + "fc_gate", x, shape.FeedForwardBias);
            inner = [.. inner.Zip(gate, static (values, factors) => values.Zip(factors, static (value, factor) => value * factor).ToArray())];
        }

        return Project(prefix + "fc2", inner, shape.FeedForwardBias);
    }

    private double Activate(double x) => shape.Activation switch
    {
        ActivationFunction.Relu => Math.Max(0, x),
        ActivationFunction.GeluErf => 0.5 * x * (1 + Erf(x / Math.Sqrt(2))),
        ActivationFunction.GeluTanh => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x)))),
        _ => x / (1 + Math.Exp(-x)),
    };

    private double[][] Norm(double[][] x, string name) => [.. x.Select(row =>
    {
        if (shape.NormKind == NormKind.RmsNorm)
        {
            double size = Math.Sqrt(row.Select(static value => value * value).Average() + shape.NormEpsilon);
            return row.Select((value, column) => value / size * weights[name + ".weight"][column]).ToArray();
        }

        double mean = row.Average();
        double variance = row.Select(value => (value - mean) * (value - mean)).Average();
        double inverse = 1 / Math.Sqrt(variance + shape.NormEpsilon);
        return row.Select((value, column) => ((value - mean) * inverse * weights[name + ".weight"][column]) + (shape.NormBias ? weights[name + ".bias"][column] : 0)).ToArray();
    })];

    private double[][] Project(string name, double[][] x, bool bias) => [.. x.Select(row => Product(weights[name + ".weight"], bias ? weights[name + ".bias"] : null, row))];

    private static double[] Product(Tensor weight, Tensor? bias, double[] x)
    {
        double[] input = weight.QuantizesActivations ? Quantized(x) : x;
        return [.. Enumerable.Range(0, weight.Rows).Select(row =>
            input.Select((value, column) => value * weight[row, column]).Sum() + (bias?[row] ?? 0))];
    }

    /// <summary>Activations as 8-bit weights meet them: multiples of 1/127 of the row's largest magnitude.</summary>
    private static double[] Quantized(double[] x)
    {
        double step = x.Max(Math.Abs) / 127;
        return step == 0 ? x : [.. x.Select(value => step * Math.Round(value / step))];
    }

    private static double[][] Add(double[][] x, double[][] y) => [.. x.Zip(y, static (a, b) => a.Zip(b, static (c, d) => c + d).ToArray())];

    /// <summary>The error function by its Maclaurin series, and beyond 4 by its continued fraction.</summary>
    private static double Erf(double x)
    {
        double size = Math.Abs(x);
        if (size > 4)
        {
            double fraction = 0;
            for (int k = 60; k > 0; k--)
            {
                fraction = k / 2.0 / (size + fraction);
            }

            return Math.Sign(x) * (1 - (Math.Exp(-size * size) / Math.Sqrt(Math.PI) / (size + fraction)));
        }

        double term = x;
        double sum = x;
        for (int k = 1; k < 120; k++)
        {
            term *= -x * x / k;
            sum += term / ((2 * k) + 1);
        }

        return 2 / Math.Sqrt(Math.PI) * sum;
    }
}
