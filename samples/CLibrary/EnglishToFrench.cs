using Formwork;

namespace CLibrary;

/// <summary>The sample translator as a native library: <see cref="TransformerAttribute.CExport"/> is all that makes it one.</summary>
[Transformer(Family.Marian,
    ModelDim = 128, Heads = 4, EncoderLayers = 4, DecoderLayers = 4, FeedForwardDim = 256,
    Activation = ActivationFunction.Relu,
    VocabSize = 8000, SourceLength = 128, TargetLength = 128, MaxBeams = 4,
    Decoding = DecodingFeatures.Scoring | DecodingFeatures.Search,
    CExport = "enfr")]
internal sealed partial class EnglishToFrench;
