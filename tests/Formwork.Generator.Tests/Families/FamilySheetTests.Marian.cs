using Formwork.Generation;
using Formwork.Generator.Lowering;
using Formwork.Generator.Model;
using Formwork.Weights;

namespace Formwork.Generator.Tests.Families;

/// <summary>Marian's rows.</summary>
public partial class FamilySheetTests
{
    [Fact]
    public void Marian_norms_each_residual_with_epsilon_1e5_and_nothing_else()
    {
        Assert.Equal(new NormSpec(Model.NormKind.LayerNorm, Model.NormPlacement.After, 1e-5f, Bias: true, Embedding: false, Final: false), Spec("marian").Norm);
        AssertSeen("marian", "Norm = NormPlacement.Before", "NormEpsilon = 0.001f", "NormBias = false", "EmbeddingNorm = true", "FinalNorm = true");
    }

    [Fact]
    public void Marian_attends_to_itself_then_to_the_source_then_feeds_forward() => Assert.Equal(
        ["SelfQueryKeyValue", "SelfOutput", "SelfNorm", "CrossQuery", "CrossOutput", "CrossNorm", "FeedForward1", "FeedForward2", "FeedForwardNorm"],
        DecoderOrder("marian"));

    [Theory]
    [InlineData("{\"scale_embedding\":true}", true)]
    [InlineData("{\"scale_embedding\":false}", false)]
    [InlineData("{\"scale_embedding\":null}", false)]
    public void Marian_scales_embeddings_where_the_configuration_says_so(string fields, bool isScaled) => Assert.Equal(isScaled, Spec("marian", fields).Embedding.Scale);

    [Fact]
    public void Marian_adds_positions_from_0_to_scaled_embeddings()
    {
        Assert.Equal(new PositionSpec(Model.PositionEncoding.SinusoidHuggingFace, 0, 0, 0, 0), Spec("marian").Positions);
        AssertSeen("marian", "ScaleEmbedding = false", "PositionOffset = 1", "Positions = PositionEncoding.SinusoidInterleaved", "Positions = PositionEncoding.SinusoidTensorToTensor");
    }

    /// <summary>sin(p·10000^(−2j/d)) in the first half of the columns and the cosines in the second, worked out here in another order.</summary>
    [Fact]
    public void Marian_has_sines_in_one_half_and_cosines_in_the_other()
    {
        const int Width = 512;
        float[] table = new float[201 * Width];
        Sinusoid.Fill(SinusoidKind.HuggingFace, 0, 201, Width, table);
        foreach (int position in new[] { 0, 1, 5, 100, 200 })
        {
            for (int pair = 0; pair < Width / 2; pair++)
            {
                double angle = position * Math.Exp(-2.0 * pair / Width * Math.Log(10000));
                Assert.Equal(Math.Sin(angle), table[(position * Width) + pair], 1e-6);
                Assert.Equal(Math.Cos(angle), table[(position * Width) + (Width / 2) + pair], 1e-6);
            }
        }

        // The C++ engine's denominator is off by this much at these positions.
        float[] other = new float[201 * Width];
        Sinusoid.Fill(SinusoidKind.TensorToTensor, 0, 201, Width, other);
        foreach ((int position, double difference) in new[] { (5, 0.007), (100, 0.14), (200, 0.28) })
        {
            Assert.Equal(difference, Enumerable.Range(position * Width, Width).Max(index => Math.Abs(table[index] - other[index])), difference * 0.1);
        }
    }

    [Theory]
    [InlineData("encoder")]
    [InlineData("decoder")]
    public void Marian_honours_a_table_of_positions_that_the_file_has(string stack)
    {
        FamilyCase item = First("marian");
        using var models = new FamilyModels([item]);
        DrawnTensor[] tensors = models.Tensors(item);
        float[][] computed = models.Logits(item, tensors);

        // Rows beyond the declared length are in the file and are not needed.
        DrawnTensor table = new($"model.{stack}.embed_positions.weight", [96, 24], new float[96 * 24]);
        Sinusoid.Fill(SinusoidKind.HuggingFace, 0, 96, 24, table.Values);
        Assert.Equal(computed, models.Logits(item, [.. tensors, table]));
        float[][] moved = models.Logits(item, [.. tensors, Changed(table, static values => values[0] += 1)]);
        Assert.NotEqual(computed[0], moved[0]);
        Assert.Contains("at least 80, 24", Refused(models, item, [.. tensors, table with { Shape = [79, 24], Values = table.Values[..(79 * 24)] }], WeightLoadError.ShapeMismatch).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Marian_divides_scores_by_the_root_of_the_heads_width_and_biases_every_projection()
    {
        Assert.True(Spec("marian").ScaleAttention);
        Assert.Equal(new BiasSpec(Query: true, Key: true, Value: true, OutputProjection: true, FeedForward: true), Spec("marian").Bias);
        AssertSeen("marian", "ScaleAttention = false", "QueryBias = false", "ValueBias = false", "OutputProjectionBias = false", "FeedForwardBias = false");
    }

    /// <summary>A bias on keys adds the same to every score of a query: softmax takes it out again, so that only the file tells.</summary>
    [Fact]
    public void Marian_reads_the_bias_of_keys() => Assert.Contains("model.decoder.layers.0.encoder_attn.k_proj.bias", Names(Plan("marian")));

    [Theory]
    [InlineData("swish", "Silu")]
    [InlineData("silu", "Silu")]
    [InlineData("relu", "Relu")]
    [InlineData("gelu", "GeluErf")]
    [InlineData("gelu_new", "GeluTanh")]
    public void Marian_has_the_configurations_activation(string name, string activation) =>
        Assert.Equal((activation, false), Inner(Spec("marian", $$"""{"activation_function":"{{name}}"}""")));

    [Fact]
    public void Marians_activation_is_seen() => AssertSeen("marian", "Activation = ActivationFunction.Relu", "Activation = ActivationFunction.GeluErf", "Activation = ActivationFunction.GeluTanh");

    [Fact]
    public void Marians_final_logits_bias_is_one_row_and_is_added()
    {
        FamilyCase item = First("marian");
        using var models = new FamilyModels([item]);
        DrawnTensor[] tensors = models.Tensors(item);
        float[] biased = models.Logits(item, tensors)[0];
        DrawnTensor[] row = Replace(tensors, Bias, static tensor => tensor with { Shape = [1, 37] });
        Assert.Equal(biased, models.Logits(item, row)[0]);
        float[] without = models.Logits(item, tensors.Where(static tensor => tensor.Name != Bias))[0];
        float[] bias = tensors.Single(static tensor => tensor.Name == Bias).Values;
        Assert.All(Enumerable.Range(0, 36), id => Assert.Equal(without[id] + bias[id], biased[id], 1e-4f));
        Assert.Contains("[37, 1]", Refused(models, item, Replace(tensors, Bias, static tensor => tensor with { Shape = [37, 1] }), WeightLoadError.ShapeMismatch).Message, StringComparison.Ordinal);
        AssertSeen("marian", "OutputBias = false");
    }

    [Theory]
    [InlineData("{}", 36, 36)]
    [InlineData("{\"pad_token_id\":11,\"decoder_start_token_id\":11}", 11, 11)]
    public void Marian_starts_with_the_padding(string fields, int start, int pad)
    {
        TokenSpec tokens = Spec("marian", fields).Tokens;
        Assert.Equal((start, pad, true), (tokens.Start, tokens.Pad, tokens.MaskPad));
    }

    /// <summary>The padding's row of the table is zeros. A start token with any row of zeros begins alike, and the position is added to it nevertheless.</summary>
    [Fact]
    public void Marian_adds_position_0_to_a_row_of_zeros()
    {
        FamilyCase item = First("marian");
        FamilyCase other = item.With("""{"decoder_start_token_id":7}""");
        using var models = new FamilyModels([item]);
        using var others = new FamilyModels([other]);
        using var moved = new FamilyModels([item], "PositionOffset = 1");
        DrawnTensor[] drawn = models.Tensors(item);
        Assert.NotEqual(models.Logits(item, drawn)[0], others.Logits(other, drawn)[0]);
        DrawnTensor[] zeros = Replace(drawn, Shared, static tensor => Changed(tensor, static values =>
        {
            values.AsSpan(36 * 24, 24).Clear();
            values.AsSpan(7 * 24, 24).Clear();
        }));
        float[] first = models.Logits(item, zeros)[0];
        Assert.Equal(first, others.Logits(other, zeros)[0]);
        Assert.NotEqual(first, moved.Logits(item, zeros)[0]);
    }

    [Fact]
    public void Marian_never_produces_padding()
    {
        FamilyCase item = First("marian");
        using var models = new FamilyModels([item]);
        DrawnTensor[] tensors = Replace(models.Tensors(item), Bias, static tensor => Changed(tensor, static values => values[36] = 1000));
        Assert.DoesNotContain(36, models.Generate(item, tensors, limit: 16));
        Assert.DoesNotContain(36, models.Search(item, tensors, new GenerationOptions { Beams = 4, MaxLength = 16 }).Tokens);
        Assert.DoesNotContain(36, models.Search(item, tensors, new GenerationOptions { Sample = true, MaxLength = 16 }).Tokens);
        float[] scores = models.Score(item, tensors, [4, 36]);
        Assert.True(float.IsFinite(scores[0]));
        Assert.Equal(float.NegativeInfinity, scores[1]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(33)]
    public void Marians_end_token_is_the_configurations(int end)
    {
        FamilyCase item = First("marian", $$"""{"eos_token_id":{{end}}}""");
        using var models = new FamilyModels([item]);
        Assert.Equal(end, models.Plan(item).Spec.Tokens.End);
        DrawnTensor[] tensors = Replace(models.Tensors(item), Bias, tensor => Changed(tensor, values => values[end] = 1000));
        Assert.Equal([end], models.Generate(item, tensors, limit: 16));

        // tc-big's is 43311: id 0 is then a word like any other.
        DrawnTensor[] words = Replace(models.Tensors(item), Bias, tensor => Changed(tensor, values => values[end == 0 ? 33 : 0] = 1000));
        Assert.Equal(16, models.Generate(item, words, limit: 16).Length);
    }

    [Fact]
    public void Marians_vocabularies_may_differ_and_the_head_is_the_decoders()
    {
        const string Fields = """{"vocab_size":50,"decoder_vocab_size":31,"share_encoder_decoder_embeddings":false,"pad_token_id":30,"decoder_start_token_id":30,"eos_token_id":3}""";
        ExecutionPlan plan = Plan("marian", Fields);
        Assert.Equal((50, 31), (plan.Spec.SourceVocabSize, plan.Spec.TargetVocabSize));
        Assert.Equal(new[] { "model.encoder.embed_tokens.weight" }, plan.Weights.Tensors[0].Names);
        Assert.Equal(new[] { "model.decoder.embed_tokens.weight", Head }, plan.Weights.Tensors[1].Names);

        FamilyCase item = FamilyCase.Of("marian")[3];
        using var models = new FamilyModels([item]);
        DrawnTensor[] tensors = models.Tensors(item);
        Assert.Equal(models.Logits(item, tensors), models.Logits(item, Replace(tensors, "model.decoder.embed_tokens.weight", static tensor => tensor with { Name = Head })));
    }

    [Fact]
    public void Marians_output_may_be_a_matrix_of_its_own()
    {
        Assert.False(Spec("marian", """{"tie_word_embeddings":false}""").Embedding.TieOutput);
        Assert.Contains(Plan("marian", """{"tie_word_embeddings":false}""").Weights.Tensors, static tensor => tensor.Names.SequenceEqual([Head]));
    }

    [Fact]
    public void Marians_tensors_have_the_published_names() =>
        Assert.Equal(SheetNames.Bart(First("marian").Config, isBefore: false, hasEmbeddingNorm: false, hasBias: true).Order(StringComparer.Ordinal), Names(Plan("marian")));

    [Fact]
    public void Marians_feed_forward_has_two_matrices_of_its_own_width()
    {
        ExecutionPlan plan = Plan("marian", """{"encoder_ffn_dim":65,"decoder_ffn_dim":7}""");
        Assert.Equal((65, 24), Shape(plan, "model.encoder.layers.1.fc1.weight"));
        Assert.Equal((24, 65), Shape(plan, "model.encoder.layers.1.fc2.weight"));
        Assert.Equal((7, 24), Shape(plan, "model.decoder.layers.0.fc1.weight"));
        Assert.Equal((24, 7), Shape(plan, "model.decoder.layers.0.fc2.weight"));
    }

    private static (long Rows, long Columns) Shape(ExecutionPlan plan, string name)
    {
        WeightTensor tensor = plan.Weights.Tensors.Single(tensor => tensor.Names.Contains(name));
        return (tensor.Rows.Value, tensor.Columns.Value);
    }
}
