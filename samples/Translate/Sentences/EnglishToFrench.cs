using Formwork;

namespace Translate.Sentences;

/// <summary>
/// The whole model: this declaration is all that is written by hand. The encoder, the decoder with its cross-attention, the caches and
/// the decoding loop are generated for exactly this shape.
/// </summary>
/// <remarks>
/// The cross-attention weights are recorded because the program can draw them. That costs one copy a head and token; the numbers do
/// not change.
/// </remarks>
[Transformer(Family.Marian,
    ModelDim = 128, Heads = 4, EncoderLayers = 4, DecoderLayers = 4, FeedForwardDim = 256,
    Activation = ActivationFunction.Relu,
    VocabSize = 8000, SourceLength = 128, TargetLength = 128,
    RecordCrossAttention = true, MaxBeams = 8)]
internal sealed partial class EnglishToFrench;
