using Formwork.Generator.Model.Families;

namespace Formwork.Generator.Model;

/// <summary>A family: one choice on each axis. Adding a family is adding one file of data, and the axis value it lacks.</summary>
/// <param name="Name">The member of <c>Formwork.Family</c>.</param>
/// <param name="Value">Its value.</param>
/// <param name="Norm">The norm axis.</param>
/// <param name="Positions">How positions enter.</param>
/// <param name="PositionOffset">The row or position of the first token.</param>
/// <param name="FeedForward">The inside of the feed-forward.</param>
/// <param name="ScaleAttention">Whether attention scores are multiplied by 1/√HeadDim.</param>
/// <param name="Bias">Which projections have biases.</param>
/// <param name="Embedding">How tokens enter and logits leave.</param>
/// <param name="Tokens">The default ids.</param>
/// <param name="Names">The tensor-name scheme.</param>
internal sealed record FamilySpec(
    string Name,
    int Value,
    NormSpec Norm,
    PositionEncoding Positions,
    int PositionOffset,
    FeedForwardSpec FeedForward,
    bool ScaleAttention,
    BiasSpec Bias,
    EmbeddingSpec Embedding,
    FamilyTokens Tokens,
    TensorNames Names)
{
    /// <summary>Every family, in the order of <c>Formwork.Family</c>.</summary>
    public static IReadOnlyList<FamilySpec> All { get; } = [Vaswani.Spec, Marian.Spec, Bart.Spec, OpenNmt.Spec, T5.Spec, MBart.Spec, Pegasus.Spec, M2M100.Spec];
}

/// <summary>The ids a family takes where the declaration names none; <see cref="LastId"/> stands for the vocabulary's last id.</summary>
internal sealed record FamilyTokens(int Start, int End, int Pad, bool MaskPad)
{
    public const int LastId = -1;
}
