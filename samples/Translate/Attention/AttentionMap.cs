using Formwork.Alignment;

namespace Translate.Attention;

/// <summary>How much each output word looked at each input word, in one decoder layer. Every row sums to 1.</summary>
/// <param name="Layer">The decoder layer, from 0.</param>
/// <param name="SourceWords">The columns; the last is the end token, which closes every source.</param>
/// <param name="TargetWords">The rows.</param>
/// <param name="Weights">The weights of rows and columns.</param>
internal sealed record AttentionMap(int Layer, IReadOnlyList<string> SourceWords, IReadOnlyList<string> TargetWords, WordAttention Weights)
{
    /// <summary>The name of the end token's column.</summary>
    public const string EndLabel = "(end)";
}
