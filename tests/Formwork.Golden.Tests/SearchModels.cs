namespace Formwork.Golden.Tests;

/// <summary>The published BART grapheme-to-phoneme model, to be searched with beams.</summary>
[Transformer(Family.Bart, ModelDim = 128, Heads = 1, EncoderLayers = 1, DecoderLayers = 1, FeedForwardDim = 1024,
    VocabSize = 63, SourceLength = 64, TargetLength = 64, MaxPositions = 64, StartToken = 1, EndToken = 2, PadToken = 0, MaxBeams = 8, RecordCrossAttention = true)]
public sealed partial class GraphemeToPhonemeBeams;

/// <summary>The model of the Translate sample, to be searched with beams, several sentences at once.</summary>
[Transformer(Family.Marian, ModelDim = 128, Heads = 4, EncoderLayers = 4, DecoderLayers = 4, FeedForwardDim = 256,
    VocabSize = 8000, SourceLength = 128, TargetLength = 128, Activation = ActivationFunction.Relu, MaxBeams = 8, MaxBatch = 4, RecordCrossAttention = true)]
public sealed partial class EnglishToFrenchBeams;

#pragma warning disable FW0104 // the model was trained with heads of width 4

/// <summary>The published Arabic–Latin transliteration model, to be searched with more beams than it has letters.</summary>
[Transformer(Family.OpenNmt, ModelDim = 32, Heads = 8, EncoderLayers = 6, DecoderLayers = 6, FeedForwardDim = 128,
    SourceVocabSize = 51, TargetVocabSize = 43, SourceLength = 64, TargetLength = 64, MaxBeams = 64, RecordCrossAttention = true)]
public sealed partial class TransliterationBeams;

#pragma warning restore FW0104
