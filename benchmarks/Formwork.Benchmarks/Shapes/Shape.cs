namespace Formwork.Benchmarks.Shapes;

/// <summary>The sizes that decide how much work one sentence is: for our models, for their random weights and for the peers' graphs.</summary>
/// <param name="Name">The name on the command line.</param>
/// <param name="EncoderLayers">Encoder layers.</param>
/// <param name="DecoderLayers">Decoder layers.</param>
/// <param name="ModelDim">Width of the residual stream.</param>
/// <param name="Heads">Attention heads of both stacks.</param>
/// <param name="FeedForwardDim">Inner width of the feed-forward sub-layer.</param>
/// <param name="VocabSize">Token ids; one table serves source, target and logits.</param>
/// <param name="SourceTokens">Tokens that are encoded.</param>
/// <param name="TargetTokens">Steps that are decoded, neither more nor fewer.</param>
/// <param name="Activation">The feed-forward's activation.</param>
internal sealed record Shape(
    string Name,
    int EncoderLayers,
    int DecoderLayers,
    int ModelDim,
    int Heads,
    int FeedForwardDim,
    int VocabSize,
    int SourceTokens,
    int TargetTokens,
    ActivationFunction Activation)
{
    /// <summary>Width of one head.</summary>
    public int HeadDim => ModelDim / Heads;

    /// <summary>
    /// A source of the right length. The ids do not matter to the time, but they are the same for everybody who is measured, and none
    /// of them is a special one in any of the shapes.
    /// </summary>
    public int[] Source() => [.. Enumerable.Range(0, SourceTokens).Select(static index => 3 + (index * 7 % 90))];
}
