using Formwork.Generator.Lowering;
using Formwork.Generator.Model;
using Formwork.Weights;

namespace Formwork.Generator.Tests.Families;

/// <summary>T5's rows: T5 1.0, T5 1.1, FLAN-T5, mT5, ByT5.</summary>
public partial class FamilySheetTests
{
    private const string Stray = "decoder.block.0.layer.1.EncDecAttention.relative_attention_bias.weight";

    [Theory]
    [InlineData("t5")]
    [InlineData("mt5")]
    public void T5_norms_by_root_mean_square_before_each_sub_layer_and_after_each_stack(string family)
    {
        Assert.Equal(new NormSpec(Model.NormKind.RmsNorm, Model.NormPlacement.Before, 1e-6f, Bias: false, Embedding: false, Final: true), Spec(family).Norm);
        AssertSeen(family, "NormKind = NormKind.LayerNorm, NormBias = false", "Norm = NormPlacement.After", "NormEpsilon = 0.001f", "FinalNorm = false", "EmbeddingNorm = true");
    }

    [Fact]
    public void T5s_epsilon_is_the_configurations() => Assert.Equal(0.25f, Spec("t5", """{"layer_norm_epsilon":0.25}""").Norm.Epsilon);

    [Fact]
    public void T5_runs_norm_before_each_of_its_sub_layers() => Assert.Equal(
        ["SelfNorm", "SelfQueryKeyValue", "SelfOutput", "CrossNorm", "CrossQuery", "CrossOutput", "FeedForwardNorm", "FeedForward1", "FeedForward2"],
        DecoderOrder("t5"));

    [Fact]
    public void T5_has_no_bias_anywhere()
    {
        Assert.Equal(new BiasSpec(false, false, false, false, false), Spec("t5").Bias);
        Assert.False(Spec("t5").Embedding.OutputBias);
        Assert.DoesNotContain(Names(Plan("t5")), static name => name.EndsWith(".bias", StringComparison.Ordinal));
        AssertSeen("t5", "QueryBias = true", "FeedForwardBias = true", "OutputBias = true");
    }

    [Fact]
    public void T5_adds_no_positions_and_scales_no_embeddings()
    {
        Assert.Equal(new PositionSpec(Model.PositionEncoding.RelativeBuckets, 0, 0, 32, 128), Spec("t5").Positions);
        Assert.DoesNotContain(Names(Plan("t5")), static name => name.Contains("embed_positions", StringComparison.Ordinal));
        AssertSeen("t5", "ScaleEmbedding = true");
    }

    [Fact]
    public void T5_does_not_divide_scores()
    {
        Assert.False(Spec("t5").ScaleAttention);
        AssertSeen("t5", "ScaleAttention = true");
    }

    [Fact]
    public void T5s_heads_are_as_wide_as_they_like()
    {
        ExecutionPlan plan = Plan("t5", """{"d_model":24,"d_kv":20,"num_heads":2}""");
        Assert.Equal(40, plan.Spec.Decoder.InnerDim);
        Assert.Equal((40, 24), Shape(plan, "decoder.block.0.layer.1.EncDecAttention.k.weight"));
        Assert.Equal((24, 40), Shape(plan, "encoder.block.1.layer.0.SelfAttention.o.weight"));
    }

    [Fact]
    public void T5s_numbers_for_distances_are_one_table_a_stack()
    {
        FamilyCase item = First("t5");
        using var models = new FamilyModels([item]);
        string[] tables = [.. models.Plan(item).Weights.Tensors.Where(static tensor => tensor.Kind == WeightKind.RelativeBias).Select(static tensor => tensor.Names[0])];
        Assert.Equal(["encoder.block.0.layer.0.SelfAttention.relative_attention_bias.weight", "decoder.block.0.layer.0.SelfAttention.relative_attention_bias.weight"], tables);
        DrawnTensor[] tensors = models.Tensors(item);
        Assert.All(tables, table => Assert.Equal([32, 3], tensors.Single(tensor => tensor.Name == table).Shape));
        float[] logits = models.Logits(item, tensors)[1];
        foreach (string table in tables)
        {
            // The bucket of distance 1 to the key before, of one head.
            Assert.NotEqual(logits, models.Logits(item, Replace(tensors, table, static tensor => Changed(tensor, static values => values[3] += 1)))[1]);

            // The same to every score of a query is no difference.
            float[] shifted = models.Logits(item, Replace(tensors, table, static tensor => Added(tensor, 1)))[1];
            Assert.All(logits.Zip(shifted), static pair => Assert.Equal(pair.First, pair.Second, 2e-4f));
        }

        // UMT5 has a table a layer: its file is not taken for a T5's.
        DrawnTensor second = tensors.Single(tensor => tensor.Name == tables[0]) with { Name = "encoder.block.1.layer.0.SelfAttention.relative_attention_bias.weight" };
        Assert.Contains(second.Name, Refused(models, item, [.. tensors, second], WeightLoadError.TensorUnexpected).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void T5_passes_over_a_table_of_cross_attention()
    {
        FamilyCase item = First("t5");
        using var models = new FamilyModels([item]);
        DrawnTensor[] tensors = models.Tensors(item);
        DrawnTensor stray = new(Stray, [32, 3], [.. Enumerable.Range(0, 96).Select(static value => (float)value)]);
        Assert.Equal(models.Logits(item, tensors), models.Logits(item, [.. tensors, stray]));
        Assert.Equal(WeightLoadError.TensorUnexpected, Refused(models, item, [.. tensors, stray with { Name = Stray.Replace("block.0", "block.1", StringComparison.Ordinal) }], WeightLoadError.TensorUnexpected).Code);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(15, 15)]
    [InlineData(16, 16)]
    [InlineData(20, 17)]
    [InlineData(32, 21)]
    [InlineData(64, 26)]
    [InlineData(127, 31)]
    public void T5s_decoder_has_the_published_buckets(int distance, int bucket)
    {
        Assert.Equal(bucket, RelativeBuckets.Of(-distance, isBidirectional: false, 32, 128));

        // The plan's list, which loading spreads over distances, says the same.
        RelativeTable table = Plan("t5", """{"n_positions":160}""").Weights.Tensors.Last(static tensor => tensor.Kind == WeightKind.RelativeBias).Relative!;
        Assert.Equal("Decoder", table.Prefix);
        Assert.Equal(bucket, table.Buckets[table.Before - distance]);
    }

    /// <summary>Regrouping the formula moves the encoder's distances of 64 by one bucket.</summary>
    [Theory]
    [InlineData(-64, 14)]
    [InlineData(64, 30)]
    [InlineData(1, 17)]
    [InlineData(-1, 1)]
    public void T5s_encoder_has_half_of_the_buckets_for_later_keys(int distance, int bucket)
    {
        Assert.Equal(bucket, RelativeBuckets.Of(distance, isBidirectional: true, 32, 128));
        RelativeTable table = Plan("t5").Weights.Tensors.First(static tensor => tensor.Kind == WeightKind.RelativeBias).Relative!;
        Assert.Equal("Encoder", table.Prefix);
        Assert.Equal(bucket, table.Buckets[table.Before + distance]);
    }

    [Fact]
    public void T5s_buckets_are_the_configurations()
    {
        PositionSpec positions = Spec("t5", """{"relative_attention_num_buckets":16,"relative_attention_max_distance":40}""").Positions;
        Assert.Equal((16, 40), (positions.Buckets, positions.MaxDistance));
        AssertSeen("t5", "RelativeMaxDistance = 64");
    }

    [Theory]
    [InlineData("t5", "{}", "Relu", false)]
    [InlineData("t5", "{\"feed_forward_proj\":\"relu\"}", "Relu", false)]
    [InlineData("t5", "{\"feed_forward_proj\":\"gated-gelu\"}", "GeluTanh", true)]
    [InlineData("t5", "{\"feed_forward_proj\":\"gated-gelu\",\"dense_act_fn\":\"gelu_new\",\"is_gated_act\":true}", "GeluTanh", true)]
    [InlineData("t5", "{\"feed_forward_proj\":\"gated-silu\"}", "Silu", true)]
    [InlineData("t5", "{\"feed_forward_proj\":\"gelu\"}", "GeluErf", false)]
    [InlineData("mt5", "{\"feed_forward_proj\":\"gated-gelu\"}", "GeluTanh", true)]
    public void T5s_feed_forward_is_the_configurations(string family, string fields, string activation, bool isGated) =>
        Assert.Equal((activation, isGated), Inner(Spec(family, fields)));

    [Fact]
    public void T5s_activation_and_its_gate_are_seen()
    {
        AssertSeen("t5", "Activation = ActivationFunction.GeluTanh");
        AssertSeen("mt5", "Activation = ActivationFunction.GeluErf", "Activation = ActivationFunction.Silu");

        // The gate is the second projection: exchanging the two is another model.
        FamilyCase item = First("mt5");
        using var models = new FamilyModels([item]);
        DrawnTensor[] tensors = models.Tensors(item);
        DrawnTensor[] exchanged = [.. tensors.Select(static tensor => tensor with
        {
            Name = tensor.Name.Contains("wi_0", StringComparison.Ordinal) ? tensor.Name.Replace("wi_0", "wi_1", StringComparison.Ordinal) : tensor.Name.Replace("wi_1", "wi_0", StringComparison.Ordinal),
        })];
        Assert.NotEqual(models.Logits(item, tensors)[0], models.Logits(item, exchanged)[0]);
    }

    /// <summary>Tied and scaled, or a matrix of its own and neither; what <c>scale_decoder_outputs</c> says decides where it is there, since newer files call every head tied.</summary>
    [Theory]
    [InlineData("{}", true, true)]
    [InlineData("{\"tie_word_embeddings\":true}", true, true)]
    [InlineData("{\"tie_word_embeddings\":false}", false, false)]
    [InlineData("{\"tie_word_embeddings\":true,\"scale_decoder_outputs\":true}", true, true)]
    [InlineData("{\"tie_word_embeddings\":true,\"scale_decoder_outputs\":false}", false, false)]
    [InlineData("{\"tie_word_embeddings\":false,\"scale_decoder_outputs\":false}", false, false)]
    public void T5s_head_is_tied_and_scaled_or_neither(string fields, bool isTied, bool isScaled)
    {
        EmbeddingSpec embedding = Spec("t5", fields).Embedding;
        Assert.Equal((isTied, isScaled), (embedding.TieOutput, embedding.ScaleOutput));
    }

    [Fact]
    public void T5s_scale_of_the_output_is_seen()
    {
        AssertSeen("t5", "ScaleOutput = false", "TieOutput = false");
        AssertSeen("mt5", "ScaleOutput = true", "TieOutput = true");
    }

    /// <summary>A head in the file is never passed over: it is the one that is declared, or equal to the table, or refused.</summary>
    [Fact]
    public void T5s_head_in_the_file_decides()
    {
        FamilyCase tied = First("t5");
        FamilyCase own = First("t5", """{"tie_word_embeddings":true,"scale_decoder_outputs":false}""");
        using var tiedModels = new FamilyModels([tied]);
        using var ownModels = new FamilyModels([own]);
        DrawnTensor[] tensors = tiedModels.Tensors(tied);
        DrawnTensor copy = tensors.Single(static tensor => tensor.Name == "shared.weight") with { Name = Head };
        float[] scaled = tiedModels.Logits(tied, tensors)[0];
        float[] plain = ownModels.Logits(own, [.. tensors, copy])[0];
        Assert.All(scaled.Zip(plain), static pair => Assert.Equal(pair.Second / Math.Sqrt(24), pair.First, 1e-4));
        Assert.Equal(scaled, tiedModels.Logits(tied, [.. tensors, copy])[0]);
        Refused(tiedModels, tied, [.. tensors, Added(copy, 1)], WeightLoadError.TiedTensorsDiffer);
        Assert.Contains(Head, Refused(ownModels, own, tensors, WeightLoadError.TensorMissing).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("t5", "{\"decoder_start_token_id\":null,\"eos_token_id\":null,\"pad_token_id\":null}")]
    [InlineData("mt5", "{\"decoder_start_token_id\":null,\"eos_token_id\":null,\"pad_token_id\":null}")]
    public void T5_starts_with_the_padding_0_and_ends_with_1(string family, string fields) => Assert.Equal(new TokenSpec(0, 1, 0, MaskPad: false), Spec(family, fields).Tokens);

    [Theory]
    [InlineData("t5", "{}", false)]
    [InlineData("t5", "{\"feed_forward_proj\":\"gated-gelu\"}", true)]
    [InlineData("mt5", "{}", true)]
    public void T5s_tensors_have_the_published_names(string family, string fields, bool isGated) =>
        Assert.Equal(SheetNames.T5(First(family, fields).Config, isGated).Order(StringComparer.Ordinal), Names(Plan(family, fields)));

    [Fact]
    public void T5s_stacks_may_have_other_numbers_of_layers()
    {
        TransformerSpec spec = Spec("t5", """{"num_layers":1,"num_decoder_layers":3}""");
        Assert.Equal((1, 3), (spec.Encoder.Layers, spec.Decoder.Layers));
    }
}
