using System.Text.Json;
using Formwork.Generation;
using Formwork.Weights;

namespace Formwork.Generator.Tests.Families;

/// <summary>Every text family by its own <c>config.json</c>, at six odd shapes each, against PyTorch in double precision.</summary>
public class FamilyTests
{
    public static TheoryData<string> Families => new(FamilyCase.Families);

    [Theory]
    [MemberData(nameof(Families))]
    public void Layers_logits_ids_scores_and_beams_are_PyTorchs(string family)
    {
        FamilyCase[] cases = FamilyCase.Of(family);
        Assert.True(cases.Length >= 6);
        using var models = new FamilyModels(cases);
        foreach (FamilyCase item in cases)
        {
            Assert.InRange(FamilyComparison.Largest(models, item), 0, FamilyComparison.Tolerance);
            Assert.Equal(64, item.Ids.Length);
            Assert.Equal(item.Ids, models.Generate(item, item.Ids.Length));
            Assert.Equal(item.Numbers("logProbs").Sum(), models.Score(item).Sum(), 1e-3);

            ScoredTarget best = models.Search(item, new GenerationOptions { Beams = 4, MaxLength = item.Ids.Length });
            JsonElement beams = item.Record.GetProperty("beams");
            Assert.Equal(beams.GetProperty("ids").EnumerateArray().Select(static id => id.GetInt32()), best.Tokens);
            Assert.Equal(beams.GetProperty("sum").GetDouble(), best.Sum, 1e-3);
            Assert.Equal(beams.GetProperty("score").GetDouble(), best.Score, 1e-4);
        }
    }

    /// <summary>Tensors that published files hold and that no model of the family reads; any other is refused.</summary>
    [Theory]
    [InlineData("m2m_100", "model.encoder.embed_positions.weights")]
    [InlineData("m2m_100", "model.decoder.embed_positions.weights")]
    [InlineData("t5", "decoder.block.0.layer.1.EncDecAttention.relative_attention_bias.weight")]
    public void A_tensor_that_nothing_reads_is_passed_over_where_the_family_knows_it(string family, string stray)
    {
        FamilyCase item = FamilyCase.Of(family)[0];
        using var models = new FamilyModels([item]);
        Assert.Equal(item.Ids, models.Generate(item, item.Ids.Length, stray));
        WeightLoadException refused = Assert.Throws<WeightLoadException>(() => models.Generate(item, item.Ids.Length, stray + ".copy"));
        Assert.Equal(WeightLoadError.TensorUnexpected, refused.Code);
    }

    /// <summary>What equal ids would hide: each of these is one wrong choice on one axis.</summary>
    [Theory]
    [InlineData("marian", "Positions = PositionEncoding.SinusoidTensorToTensor")]
    [InlineData("marian", "Positions = PositionEncoding.SinusoidInterleaved")]
    [InlineData("marian", "PositionOffset = 1")]
    [InlineData("marian", "ScaleEmbedding = false")]
    [InlineData("marian", "Norm = NormPlacement.Before")]
    [InlineData("bart", "PositionOffset = 1")]
    [InlineData("bart", "Activation = ActivationFunction.GeluTanh")]
    [InlineData("bart", "NormEpsilon = 0.001f")]
    [InlineData("bart", "ScaleEmbedding = true")]
    [InlineData("mbart", "Activation = ActivationFunction.GeluTanh")]
    [InlineData("mbart", "Norm = NormPlacement.After")]
    [InlineData("pegasus", "Positions = PositionEncoding.SinusoidTensorToTensor")]
    [InlineData("pegasus", "PositionOffset = 1")]
    [InlineData("m2m_100", "Positions = PositionEncoding.SinusoidHuggingFace")]
    [InlineData("m2m_100", "PositionOffset = 1")]
    [InlineData("m2m_100", "ScaleEmbedding = false")]
    [InlineData("t5", "ScaleAttention = true")]
    [InlineData("t5", "ScaleOutput = false")]
    [InlineData("t5", "RelativeMaxDistance = 64")]
    [InlineData("t5", "NormKind = NormKind.LayerNorm, NormBias = false")]
    [InlineData("t5", "ScaleEmbedding = true")]
    [InlineData("mt5", "Activation = ActivationFunction.GeluErf")]
    [InlineData("mt5", "ScaleOutput = true")]
    [InlineData("mt5", "NormEpsilon = 0.001f")]
    public void A_wrong_choice_on_one_axis_is_found(string family, string fault)
    {
        FamilyCase item = FamilyCase.Of(family)[0];
        using var models = new FamilyModels([item], fault);
        Assert.True(FamilyComparison.Largest(models, item) > FamilyComparison.Tolerance, $"{fault} changed nothing that the comparison sees.");
    }
}
