namespace Formwork.Golden.Tests.Pipeline;

/// <summary>The Translate sample's model with a short source, so that sentences have to be cut, and a target that is soon full.</summary>
[Transformer(Family.Marian, ModelDim = 128, Heads = 4, EncoderLayers = 4, DecoderLayers = 4, FeedForwardDim = 256,
    VocabSize = 8000, SourceLength = 12, TargetLength = 16, Activation = ActivationFunction.Relu, MaxBatch = 3, Decoding = DecodingFeatures.Search)]
internal sealed partial class ShortEnglishToFrench;

/// <summary>Declarations that are inside another type, and that keep their state on the stack.</summary>
internal static partial class Nested
{
    /// <summary>The Translate sample's model for short texts, all on the stack.</summary>
    [Transformer(Family.Marian, ModelDim = 128, Heads = 4, EncoderLayers = 4, DecoderLayers = 4, FeedForwardDim = 256,
        VocabSize = 8000, SourceLength = 16, TargetLength = 16, Activation = ActivationFunction.Relu, StackOnly = true, StackBudget = 512 * 1024)]
    internal sealed partial class StackEnglishToFrench;
}
