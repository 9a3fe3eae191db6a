using Formwork.Weights;

namespace Formwork.Golden.Tests;

/// <summary>The sample's sizes with a weight type of its own for each role.</summary>
[Transformer(Family.Marian, ModelDim = 128, Heads = 4, EncoderLayers = 4, DecoderLayers = 4, FeedForwardDim = 256,
    VocabSize = 8000, SourceLength = 128, TargetLength = 128, Activation = ActivationFunction.Relu,
    EmbeddingWeights = WeightType.BFloat16, AttentionWeights = WeightType.Int8, FeedForwardWeights = WeightType.Int4)]
public sealed partial class MixedEnglishToFrench;

/// <summary>A model saved as packed weights and loaded again is the same model, to the bit.</summary>
public sealed class PackedWeightsTests : IDisposable
{
    private static readonly string Safetensors = Path.Combine(RepositoryFolder.Get("samples", "Translate", "model"), "model.safetensors");
    private static readonly int[] Source = [31, 10, 19, 13, 5, 7, EnglishToFrench.EndToken];
    private readonly string _folder = Directory.CreateTempSubdirectory("formwork-").FullName;

    private string Packed => Path.Combine(_folder, "model.fw");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_logit_is_the_same_wherever_the_weights_are()
    {
        using EnglishToFrench original = EnglishToFrench.Load(Safetensors);
        original.Save(Packed);
        float[] expected = Logits(original);
        using EnglishToFrench mapped = EnglishToFrench.Load(Packed);
        using EnglishToFrench copied = EnglishToFrench.Load(Packed, storage: WeightStorage.Copied);
        using EnglishToFrench fromMemory = EnglishToFrench.Load(File.ReadAllBytes(Packed));
        Assert.Equal(expected, Logits(mapped));
        Assert.Equal(expected, Logits(copied));
        Assert.Equal(expected, Logits(fromMemory));
    }

    [Fact]
    public void A_mix_of_weight_types_is_the_same_to_the_bit()
    {
        int[] expected = new int[MixedEnglishToFrench.TargetLength];
        int[] found = new int[MixedEnglishToFrench.TargetLength];
        using MixedEnglishToFrench original = MixedEnglishToFrench.Load(Safetensors);
        original.Save(Packed);
        using MixedEnglishToFrench mapped = MixedEnglishToFrench.Load(Packed);
        int length = original.Generate(Source, expected);
        Assert.Equal(length, mapped.Generate(Source, found));
        Assert.Equal(expected, found);
        Assert.Equal(original.Score(Source, expected.AsSpan(0, length)), mapped.Score(Source, found.AsSpan(0, length)));
        // What a mapped model saves is what it was mapped from.
        mapped.Save(Path.Combine(_folder, "again.fw"));
        Assert.Equal(File.ReadAllBytes(Packed), File.ReadAllBytes(Path.Combine(_folder, "again.fw")));
    }

    [Fact]
    public void Packed_weights_of_another_declaration_are_refused()
    {
        using (EnglishToFrench model = EnglishToFrench.Load(Safetensors))
        {
            model.Save(Packed);
        }

        WeightLoadException e = Assert.Throws<WeightLoadException>(() => MixedEnglishToFrench.Load(Packed));
        Assert.Equal(WeightLoadError.OtherModel, e.Code);
        Assert.Contains("Formwork.Golden.Tests.EnglishToFrench", e.Message, StringComparison.Ordinal);
        Assert.Contains("Formwork.Golden.Tests.MixedEnglishToFrench", e.Message, StringComparison.Ordinal);
        Assert.Throws<WeightLoadException>(() => BlindEnglishToFrench.Load(Packed));
    }

    [Fact]
    public void Loading_packed_weights_allocates_the_state_and_a_few_objects()
    {
        using EnglishToFrench original = EnglishToFrench.Load(Safetensors);
        original.Save(Packed);
        EnglishToFrench.Load(Packed).Dispose();
        long before = GC.GetAllocatedBytesForCurrentThread();
        using EnglishToFrench mapped = EnglishToFrench.Load(Packed);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before - EnglishToFrench.StateBytes, 0, 4096);
    }

    private static float[] Logits(EnglishToFrench model)
    {
        const int Steps = 8;
        using StateMemory memory = model.CreateState();
        EnglishToFrench.State state = memory;
        model.Encode(Source, state);
        model.PrecomputeCrossCache(state);
        float[] logits = new float[Steps * EnglishToFrench.TargetVocabSize];
        for (int step = 0; step < Steps; step++)
        {
            model.DecodeStep(step == 0 ? EnglishToFrench.StartToken : step * 100, state, logits.AsSpan(step * EnglishToFrench.TargetVocabSize, EnglishToFrench.TargetVocabSize));
        }

        return logits;
    }
}
