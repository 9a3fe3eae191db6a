namespace Formwork.Golden.Tests.Pipeline;

/// <summary>A declaration that ends a text otherwise than the Translate sample's tokeniser does.</summary>
[Transformer(Family.Marian, ModelDim = 16, Heads = 2, EncoderLayers = 1, DecoderLayers = 1, FeedForwardDim = 32, VocabSize = 8000, SourceLength = 16, TargetLength = 16, EndToken = 3)]
internal sealed partial class OtherEnd;

/// <summary>One that pads otherwise.</summary>
[Transformer(Family.Marian, ModelDim = 16, Heads = 2, EncoderLayers = 1, DecoderLayers = 1, FeedForwardDim = 32, VocabSize = 8000, SourceLength = 16, TargetLength = 16, PadToken = 7)]
internal sealed partial class OtherPad;

/// <summary>One with too few ids.</summary>
[Transformer(Family.Marian, ModelDim = 16, Heads = 2, EncoderLayers = 1, DecoderLayers = 1, FeedForwardDim = 32, VocabSize = 7998, SourceLength = 16, TargetLength = 16)]
internal sealed partial class TooFewIds;

/// <summary>A small model of many languages, its vocabulary padded beyond the tokeniser's.</summary>
[Transformer(Family.M2M100, ModelDim = 16, Heads = 2, EncoderLayers = 1, DecoderLayers = 1, FeedForwardDim = 32, VocabSize = 2048, SourceLength = 32, TargetLength = 24, MaxBatch = 2)]
internal sealed partial class ManyLanguages;

/// <summary>An mBART-25 that starts targets with the language ro_RO.</summary>
[Transformer(Family.MBart, ModelDim = 16, Heads = 2, EncoderLayers = 1, DecoderLayers = 1, FeedForwardDim = 32, VocabSize = 1024, SourceLength = 32, TargetLength = 24, MaxPositions = 64, StartToken = 820)]
internal sealed partial class ToRomanian;
