using Formwork.Alignment;
using Formwork.Text;

namespace Formwork.Golden.Tests;

/// <summary>Words of real translations, linked by the attention of the layer that aligns best.</summary>
public sealed class AlignmentTests : IDisposable
{
    private static readonly string ModelFolder = RepositoryFolder.Get("samples", "Translate", "model");
    private readonly SentencePieceModel _pieces = SentencePieceModel.Load(Path.Combine(ModelFolder, "sentencepiece.model"));
    private readonly AligningEnglishToFrench _model = AligningEnglishToFrench.Load(Path.Combine(ModelFolder, "model.safetensors"));
    private readonly StateMemory _memory;

    public AlignmentTests() => _memory = _model.CreateState();

    public void Dispose()
    {
        _memory.Dispose();
        _model.Dispose();
    }

    /// <summary>Sentences whose alignment is beyond doubt, the order of noun and adjective included.</summary>
    [Theory]
    [InlineData("Two dogs are running.", "Two-Deux dogs-chiens running.-courent.")]
    [InlineData("A man in a black hat.", "A-Un man-homme black-noir. hat.-chapeau")]
    [InlineData("A woman with a red dress and a white dog.", "woman-femme red-rouge dress-robe and-et white-blanc. dog.-chien")]
    public void Clear_sentences_are_linked_as_a_person_would(string english, string expected)
    {
        (WordAttention attention, string[] source, string[] target) = Align(english);
        HashSet<string> links = [.. attention.Mutual().Select(link => $"{source[link.Source]}-{target[link.Target]}")];
        Assert.True(links.IsSupersetOf(expected.Split(' ')), $"{string.Join(' ', target)}: {string.Join(' ', links)}");
        Assert.Empty(attention.Mutual().Except(attention.ArgMax()));
        Assert.Equal(target.Length, attention.ArgMax().Length);
    }

    [Fact]
    public void A_narrowed_recording_holds_the_bits_of_a_whole_one()
    {
        using EnglishToFrench whole = EnglishToFrench.Load(Path.Combine(ModelFolder, "model.safetensors"));
        using StateMemory memory = whole.CreateState();
        int[] source = [.. _pieces.Encode("A man in a black hat."), EnglishToFrench.EndToken];
        int[] target = new int[EnglishToFrench.TargetLength];
        EnglishToFrench.State all = memory;
        AligningEnglishToFrench.State some = _memory;
        int length = whole.Generate(source, target, all);
        Assert.Equal(target[..length], Generate(source));
        float[] mean = new float[source.Length];
        for (int position = 0; position < length; position++)
        {
            double[] expected = new double[source.Length];
            for (int head = 0; head < EnglishToFrench.Heads; head++)
            {
                float[] weights = all.CrossAttention(3, head, position).ToArray();
                Assert.Equal(weights, some.CrossAttention(3, head, position).ToArray());
                expected = [.. expected.Zip(weights, static (sum, weight) => sum + (weight / 4.0))];
            }

            some.AverageCrossAttention(position, mean);
            Assert.All(mean.Zip(expected), static pair => Assert.Equal(pair.Second, pair.First, 1e-6));
        }

        Assert.Equal([3], AligningEnglishToFrench.RecordedLayers.ToArray());
        Assert.InRange(AligningEnglishToFrench.StateBytes, 1, EnglishToFrench.StateBytes - (3 * 4 * 128 * 128 * sizeof(float)));
    }

    private (WordAttention Attention, string[] Source, string[] Target) Align(string english)
    {
        TokenSpan[] source = _pieces.EncodeWithOffsets(english);
        int[] ids = Generate([.. source.Select(token => token.Id), AligningEnglishToFrench.EndToken]);
        AligningEnglishToFrench.State state = _memory;
        float[] weights = new float[ids.Length * state.EncodedLength];
        for (int position = 0; position < ids.Length; position++)
        {
            state.AverageCrossAttention(position, weights.AsSpan(position * state.EncodedLength, state.EncodedLength));
        }

        string french = _pieces.DecodeWithOffsets(ids, out TokenSpan[] target);
        Word[] sourceWords = Words.Split(english, source);
        Word[] targetWords = Words.Split(french, target);
        return (
            WordAttention.FromTokens(weights, state.EncodedLength, sourceWords, targetWords),
            [.. sourceWords.Select(word => english[word.Range])],
            [.. targetWords.Select(word => french[word.Range])]);
    }

    private int[] Generate(int[] source)
    {
        int[] target = new int[AligningEnglishToFrench.TargetLength];
        return target[.._model.Generate(source, target, (AligningEnglishToFrench.State)_memory)];
    }
}
