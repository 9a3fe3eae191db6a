using Formwork.Text;

namespace Formwork.Golden.Tests.Pipeline;

/// <summary>The Translate sample's pieces with the end token behind them. Its ids are the pieces' own.</summary>
internal class MarianTokenizer : ITokenizer
{
    public static SentencePieceModel Pieces { get; } =
        SentencePieceModel.Load(Path.Combine(RepositoryFolder.Get("samples", "Translate", "model"), "sentencepiece.model"));

    public int[] Encode(ReadOnlySpan<char> text) => [.. Pieces.Encode(text), EnglishToFrench.EndToken];

    public string Decode(ReadOnlySpan<int> ids) => Pieces.Decode(ids);
}

/// <summary>The same, which tells text token by token.</summary>
internal sealed class StreamingMarianTokenizer : MarianTokenizer, IStreamingTokenizer
{
    public StreamingDecoder CreateStreamingDecoder() => Pieces.CreateStreamingDecoder();
}
