using Formwork;

namespace Translate.Sentences;

/// <summary>
/// The same weights with the cross-attention sub-layer cut out of every decoder layer. Nothing leads from the encoder to the decoder
/// any more, so what this writes has nothing to do with what it is given.
/// </summary>
[Transformer(Family.Marian,
    ModelDim = 128, Heads = 4, EncoderLayers = 4, DecoderLayers = 4, FeedForwardDim = 256,
    Activation = ActivationFunction.Relu,
    VocabSize = 8000, SourceLength = 128, TargetLength = 128,
    CrossAttention = false)]
internal sealed partial class EnglishToFrenchWithoutCrossAttention;
