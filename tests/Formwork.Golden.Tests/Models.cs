namespace Formwork.Golden.Tests;

/// <summary>The published BART grapheme-to-phoneme model.</summary>
[Transformer(Family.Bart, ModelDim = 128, Heads = 1, EncoderLayers = 1, DecoderLayers = 1, FeedForwardDim = 1024,
    VocabSize = 63, SourceLength = 64, TargetLength = 64, MaxPositions = 64, StartToken = 1, EndToken = 2, PadToken = 0)]
public sealed partial class GraphemeToPhoneme;

#pragma warning disable FW0104 // the model was trained with heads of width 4

/// <summary>The published Arabic–Latin transliteration model.</summary>
[Transformer(Family.OpenNmt, ModelDim = 32, Heads = 8, EncoderLayers = 6, DecoderLayers = 6, FeedForwardDim = 128,
    SourceVocabSize = 51, TargetVocabSize = 43, SourceLength = 64, TargetLength = 64)]
public sealed partial class Transliteration;

/// <summary>The same weights under another published sinusoid: the kind of mistake that equal tokens hide.</summary>
[Transformer(Family.OpenNmt, ModelDim = 32, Heads = 8, EncoderLayers = 6, DecoderLayers = 6, FeedForwardDim = 128,
    SourceVocabSize = 51, TargetVocabSize = 43, SourceLength = 64, TargetLength = 64, Positions = PositionEncoding.SinusoidHuggingFace, PositionOffset = 1)]
public sealed partial class WrongSinusoid;

#pragma warning restore FW0104

/// <summary>The transliteration's sizes all on the stack: no memory but the weights.</summary>
#pragma warning disable FW0104
[Transformer(Family.OpenNmt, ModelDim = 32, Heads = 8, EncoderLayers = 6, DecoderLayers = 6, FeedForwardDim = 128,
    SourceVocabSize = 51, TargetVocabSize = 43, SourceLength = 16, TargetLength = 16, StackOnly = true, StackBudget = 160 * 1024)]
public sealed partial class StackTransliteration;
#pragma warning restore FW0104

/// <summary>The grapheme-to-phoneme model for words of up to 30 letters, all on the stack.</summary>
[Transformer(Family.Bart, ModelDim = 128, Heads = 1, EncoderLayers = 1, DecoderLayers = 1, FeedForwardDim = 1024,
    VocabSize = 63, SourceLength = 32, TargetLength = 32, MaxPositions = 64, StartToken = 1, EndToken = 2, PadToken = 0, StackOnly = true, StackBudget = 160 * 1024)]
public sealed partial class StackGraphemeToPhoneme;

/// <summary>The model of the Translate sample.</summary>
[Transformer(Family.Marian, ModelDim = 128, Heads = 4, EncoderLayers = 4, DecoderLayers = 4, FeedForwardDim = 256,
    VocabSize = 8000, SourceLength = 128, TargetLength = 128, Activation = ActivationFunction.Relu, RecordCrossAttention = true)]
public sealed partial class EnglishToFrench;

/// <summary>The same with no more recorded than alignments need: its last layer.</summary>
[Transformer(Family.Marian, ModelDim = 128, Heads = 4, EncoderLayers = 4, DecoderLayers = 4, FeedForwardDim = 256,
    VocabSize = 8000, SourceLength = 128, TargetLength = 128, Activation = ActivationFunction.Relu, RecordCrossAttention = true, RecordLayers = [3])]
public sealed partial class AligningEnglishToFrench;

/// <summary>The same with its cross-attention cut out.</summary>
[Transformer(Family.Marian, ModelDim = 128, Heads = 4, EncoderLayers = 4, DecoderLayers = 4, FeedForwardDim = 256,
    VocabSize = 8000, SourceLength = 128, TargetLength = 128, Activation = ActivationFunction.Relu, CrossAttention = false)]
public sealed partial class BlindEnglishToFrench;
