using Formwork.Generator.Lowering;
using Formwork.Generator.Model;
using Formwork.Weights;

namespace Formwork.Generator.Tests.Families;

/// <summary>The rows of BART, mBART, Pegasus and M2M100 (NLLB).</summary>
public partial class FamilySheetTests
{
    [Theory]
    [InlineData("bart", false, true)]
    [InlineData("mbart", true, true)]
    [InlineData("pegasus", true, false)]
    [InlineData("m2m_100", true, false)]
    public void Norms_stand_where_the_family_has_them(string family, bool isBefore, bool hasEmbeddingNorm)
    {
        Model.NormPlacement placement = isBefore ? Model.NormPlacement.Before : Model.NormPlacement.After;
        Assert.Equal(new NormSpec(Model.NormKind.LayerNorm, placement, 1e-5f, Bias: true, hasEmbeddingNorm, Final: isBefore), Spec(family).Norm);
        string[] subLayers = isBefore
            ? ["SelfNorm", "SelfQueryKeyValue", "SelfOutput", "CrossNorm", "CrossQuery", "CrossOutput", "FeedForwardNorm", "FeedForward1", "FeedForward2"]
            : ["SelfQueryKeyValue", "SelfOutput", "SelfNorm", "CrossQuery", "CrossOutput", "CrossNorm", "FeedForward1", "FeedForward2", "FeedForwardNorm"];
        Assert.Equal(subLayers, DecoderOrder(family));
        AssertSeen(
            family,
            $"Norm = NormPlacement.{(isBefore ? "After" : "Before")}",
            $"EmbeddingNorm = {(hasEmbeddingNorm ? "false" : "true")}",
            $"FinalNorm = {(isBefore ? "false" : "true")}",
            "NormEpsilon = 0.001f",
            "NormBias = false");
    }

    [Theory]
    [InlineData("bart", "Learned", 2, 80)]
    [InlineData("mbart", "Learned", 2, 80)]
    [InlineData("pegasus", "SinusoidHuggingFace", 0, 0)]
    [InlineData("m2m_100", "SinusoidTensorToTensor", 2, 0)]
    public void Positions_begin_where_the_family_has_them(string family, string encoding, int offset, int rows)
    {
        PositionSpec positions = Spec(family).Positions;
        Assert.Equal((encoding, offset, rows), (positions.Encoding.ToString(), positions.Offset, positions.MaxPositions));

        // The drawn table has as many rows as the offset asks for: a shorter one of a fault draws the same first numbers.
        AssertSeen(family, offset == 0 ? ["PositionOffset = 1", "PositionOffset = 2"] : ["PositionOffset = 1", "PositionOffset = 0", "PositionOffset = 3"]);
    }

    [Theory]
    [InlineData("bart")]
    [InlineData("mbart")]
    public void A_learned_table_has_two_rows_more_than_positions_and_they_are_never_used(string family)
    {
        FamilyCase item = First(family);
        using var models = new FamilyModels([item]);
        DrawnTensor[] tensors = models.Tensors(item);
        float[][] logits = models.Logits(item, tensors);
        foreach (string stack in new[] { "encoder", "decoder" })
        {
            string name = $"model.{stack}.embed_positions.weight";
            Assert.Equal([82, 24], tensors.Single(tensor => tensor.Name == name).Shape);
            Assert.Equal(logits, models.Logits(item, Replace(tensors, name, static tensor => Changed(tensor, static values => values.AsSpan(0, 48).Fill(100)))));
            Assert.NotEqual(logits[0], models.Logits(item, Replace(tensors, name, static tensor => Changed(tensor, static values => values[48] += 1)))[0]);
            foreach (int rows in new[] { 80, 83 })
            {
                string message = Refused(models, item, Replace(tensors, name, tensor => new(name, [rows, 24], new float[rows * 24])), WeightLoadError.ShapeMismatch).Message;
                Assert.Contains($"[{rows}, 24]", message, StringComparison.Ordinal);
                Assert.Contains("[82, 24]", message, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Pegasus_computes_positions_that_the_file_lacks_and_honours_those_that_it_has(bool isStored)
    {
        FamilyCase item = First("pegasus");
        using var models = new FamilyModels([item]);
        DrawnTensor[] tensors = models.Tensors(item);
        float[][] computed = models.Logits(item, tensors);
        DrawnTensor table = new("model.encoder.embed_positions.weight", [80, 24], new float[80 * 24]);
        Sinusoid.Fill(SinusoidKind.HuggingFace, 0, 80, 24, table.Values);
        DrawnTensor decoder = table with { Name = "model.decoder.embed_positions.weight" };
        if (isStored)
        {
            Assert.Equal(computed, models.Logits(item, [.. tensors, table, decoder]));
            Assert.NotEqual(computed[0], models.Logits(item, [.. tensors, table, Changed(decoder, static values => values[3] += 1)])[0]);
        }
        else
        {
            // What PyTorch computes without tables is held by the family's recorded logits.
            Assert.InRange(FamilyComparison.Largest(models, item), 0, FamilyComparison.Tolerance);
        }
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(5, 6)]
    [InlineData(0, 1)]
    public void M2M100_counts_positions_from_behind_the_paddings(int pad, int first)
    {
        ExecutionPlan plan = Plan("m2m_100", $$"""{"pad_token_id":{{pad}}}""");
        Assert.Equal(first, plan.Spec.Positions.Offset);
        Assert.All(plan.Weights.Tensors.Where(static tensor => tensor.Kind == WeightKind.SinusoidalPositions), tensor => Assert.Equal(first, tensor.FirstRow.Value));
    }

    /// <summary>Position 0 has the angle 2·frequency, with the denominator d/2 − 1; worked out here in another order. Rows of the padding and before are not in the table.</summary>
    [Fact]
    public void M2M100s_first_position_has_twice_the_first_angle()
    {
        float[] table = new float[3 * 24];
        Sinusoid.Fill(SinusoidKind.TensorToTensor, 2, 3, 24, table);
        for (int row = 0; row < 3; row++)
        {
            for (int pair = 0; pair < 12; pair++)
            {
                double angle = (row + 2) / Math.Pow(10000, pair / 11.0);
                Assert.Equal(Math.Sin(angle), table[(row * 24) + pair], 1e-6);
                Assert.Equal(Math.Cos(angle), table[(row * 24) + 12 + pair], 1e-6);
            }
        }

        AssertSeen("m2m_100", "Positions = PositionEncoding.SinusoidHuggingFace", "Positions = PositionEncoding.SinusoidTensorToTensor, PositionOffset = 0");
    }

    /// <summary>Sources have no padding: of several, each is as long as it is, and computes what it computes alone.</summary>
    [Fact]
    public void M2M100_pads_no_source_so_that_no_row_is_the_paddings()
    {
        ExecutionPlan plan = Plan("m2m_100", options: "MaxBatch = 2");
        Assert.DoesNotContain("PadToken", string.Concat(Emission.PlanEmission.Emit(plan).Where(static file => file.HintName.Contains("Encoder", StringComparison.Ordinal)).Select(static file => file.Text)), StringComparison.Ordinal);
        WeightTensor positions = plan.Weights.Tensors.First(static tensor => tensor.Kind == WeightKind.SinusoidalPositions);
        Assert.Equal((plan.Spec.Encoder.MaxLength, 2), (positions.Rows.Value, positions.FirstRow.Value));
    }

    [Theory]
    [InlineData("bart", null, false)]
    [InlineData("mbart", null, false)]
    [InlineData("pegasus", null, false)]
    [InlineData("m2m_100", null, true)]
    [InlineData("bart", true, true)]
    [InlineData("mbart", true, true)]
    [InlineData("pegasus", true, true)]
    [InlineData("m2m_100", false, false)]
    public void The_scale_of_embeddings_is_the_configurations_or_the_classs(string family, bool? written, bool isScaled)
    {
        Assert.Equal(isScaled, Spec(family, $$"""{"scale_embedding":{{(written is { } value ? (value ? "true" : "false") : "null")}} }""").Embedding.Scale);
        AssertSeen(family, $"ScaleEmbedding = {(Spec(family).Embedding.Scale ? "false" : "true")}");
    }

    [Theory]
    [InlineData("bart", "gelu", "GeluErf")]
    [InlineData("bart", "gelu_new", "GeluTanh")]
    [InlineData("mbart", "gelu", "GeluErf")]
    [InlineData("mbart", "relu", "Relu")]
    [InlineData("pegasus", "relu", "Relu")]
    [InlineData("pegasus", "gelu", "GeluErf")]
    [InlineData("m2m_100", "relu", "Relu")]
    public void The_activation_is_the_configurations(string family, string name, string activation) =>
        Assert.Equal((activation, false), Inner(Spec(family, $$"""{"activation_function":"{{name}}"}""")));

    [Theory]
    [InlineData("bart", "GeluTanh")]
    [InlineData("mbart", "GeluTanh")]
    [InlineData("pegasus", "GeluErf")]
    [InlineData("m2m_100", "GeluErf")]
    public void Another_activation_is_seen(string family, string activation) => AssertSeen(family, $"Activation = ActivationFunction.{activation}", "Activation = ActivationFunction.Silu");

    [Theory]
    [InlineData("bart", 2, 2, 1)]
    [InlineData("pegasus", 0, 1, 0)]
    [InlineData("m2m_100", 2, 2, 1)]
    public void Start_end_and_padding_are_the_classs_where_the_configuration_has_none(string family, int start, int end, int pad)
    {
        string padding = family == "m2m_100" ? "1" : "null";
        Assert.Equal(new TokenSpec(start, end, pad, MaskPad: false), Spec(family, $$"""{"decoder_start_token_id":null,"eos_token_id":null,"pad_token_id":{{padding}} }""").Tokens);
    }

    /// <summary>mBART-25 starts with the target's language, which only the declaration knows; mBART-50 starts with the end token and is forced to the language then.</summary>
    [Fact]
    public void MBart_starts_with_what_it_is_told()
    {
        Assert.Equal(30, Spec("mbart", """{"decoder_start_token_id":null}""", "StartToken = 30").Tokens.Start);
        Assert.Equal(2, Spec("mbart").Tokens.Start);
        Assert.Equal(new DefaultSpec("ForcedStart", "30", "forced_bos_token_id"), Assert.Single(Spec("mbart", """{"forced_bos_token_id":30}""").Defaults!.Options));
    }

    /// <summary>BART-CNN's first id is <c>&lt;s&gt;</c>.</summary>
    [Fact]
    public void Bart_may_be_forced_to_begin() =>
        Assert.Contains(new DefaultSpec("ForcedStart", "0", "forced_bos_token_id"), Spec("bart", """{"forced_bos_token_id":0,"forced_eos_token_id":2}""").Defaults!.Options);

    [Theory]
    [InlineData("bart", true)]
    [InlineData("mbart", true)]
    [InlineData("pegasus", true)]
    [InlineData("m2m_100", false)]
    public void The_logits_have_a_bias_but_M2M100s(string family, bool hasBias)
    {
        Assert.Equal(hasBias, Spec(family).Embedding.OutputBias);
        AssertSeen(family, $"OutputBias = {(hasBias ? "false" : "true")}");
    }

    [Theory]
    [InlineData("bart")]
    [InlineData("mbart")]
    [InlineData("pegasus")]
    [InlineData("m2m_100")]
    public void Scores_are_divided_and_projections_have_biases(string family)
    {
        Assert.True(Spec(family).ScaleAttention);
        Assert.Equal(new BiasSpec(true, true, true, true, true), Spec(family).Bias);
        AssertSeen(family, "ScaleAttention = false", "QueryBias = false", "ValueBias = false", "OutputProjectionBias = false", "FeedForwardBias = false");
    }

    [Theory]
    [InlineData("bart", false, true, true)]
    [InlineData("mbart", true, true, true)]
    [InlineData("pegasus", true, false, true)]
    [InlineData("m2m_100", true, false, false)]
    public void Tensors_have_the_published_names(string family, bool isBefore, bool hasEmbeddingNorm, bool hasBias) =>
        Assert.Equal(SheetNames.Bart(First(family).Config, isBefore, hasEmbeddingNorm, hasBias).Order(StringComparer.Ordinal), Names(Plan(family)));

    [Theory]
    [InlineData("marian")]
    [InlineData("bart")]
    [InlineData("mbart")]
    [InlineData("pegasus")]
    [InlineData("m2m_100")]
    public void Stacks_may_have_other_heads_layers_and_widths(string family)
    {
        TransformerSpec spec = Spec(family, """{"d_model":48,"encoder_layers":1,"decoder_layers":3,"encoder_attention_heads":6,"decoder_attention_heads":2,"encoder_ffn_dim":65,"decoder_ffn_dim":7}""");
        Assert.Equal((1, 6, 8, 65), (spec.Encoder.Layers, spec.Encoder.Heads, spec.Encoder.HeadDim, spec.Encoder.FeedForwardDim));
        Assert.Equal((3, 2, 24, 7), (spec.Decoder.Layers, spec.Decoder.Heads, spec.Decoder.HeadDim, spec.Decoder.FeedForwardDim));

        // The third recorded case has such stacks, and PyTorch's numbers.
        Assert.Contains(FamilyCase.Of(family), static item =>
            item.Record.GetProperty("config").GetProperty("encoder_attention_heads").GetInt32() != item.Record.GetProperty("config").GetProperty("decoder_attention_heads").GetInt32());
    }
}
