using Formwork;

namespace NativeAot;

/// <summary>
/// The model of the Translate sample, with weights of 8 bits: they are a quarter as large, translate as well, and decode faster. Nothing but greedy decoding
/// is generated, because nothing else is used.
/// </summary>
[Transformer(Family.Marian,
    ModelDim = 128, Heads = 4, EncoderLayers = 4, DecoderLayers = 4, FeedForwardDim = 256,
    Activation = ActivationFunction.Relu,
    VocabSize = 8000, SourceLength = 128, TargetLength = 128,
    Weights = WeightType.Int8, Decoding = DecodingFeatures.None, EmbeddedWeights = "EnglishToFrench.fw")]
internal sealed partial class EnglishToFrench;
