using Formwork.Golden.Tests;
using Formwork.Text;

namespace Formwork.Aot.Tests;

/// <summary>The Translate sample's pieces with the end token behind them.</summary>
internal sealed class PiecesTokenizer(SentencePieceModel pieces) : IStreamingTokenizer
{
    public int[] Encode(ReadOnlySpan<char> text) => [.. pieces.Encode(text), EnglishToFrench.EndToken];

    public string Decode(ReadOnlySpan<int> ids) => pieces.Decode(ids);

    public StreamingDecoder CreateStreamingDecoder() => pieces.CreateStreamingDecoder();
}
