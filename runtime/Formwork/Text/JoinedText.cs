using System.Text;

namespace Formwork.Text;

/// <summary>Joins a whole sequence of tokens at once.</summary>
internal static class JoinedText
{
    private const int StackBytes = 512;

    /// <summary>The text of <paramref name="ids"/>, by the joiner's rules and those of its model for joined text.</summary>
    public static string Of(IPieceJoiner joiner, ReadOnlySpan<int> ids)
    {
        var text = new PooledList<byte>(stackalloc byte[StackBytes]);
        var state = default(JoinState);
        foreach (int id in ids)
        {
            joiner.Append(id, ref state, ref text);
        }
        Detokenizer.EndBytes(ref state, ref text);
        var normal = new NormalizedText(stackalloc byte[StackBytes], tracksOrigins: false);
        joiner.Denormalizer?.Normalize(text.Items, ref normal);
        string joined = Encoding.UTF8.GetString(joiner.Denormalizer is null ? text.Items : normal.Bytes);
        normal.Dispose();
        text.Dispose();
        return joined;
    }
}
