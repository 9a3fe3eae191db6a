using Formwork.Text;

namespace Translate.Sentences;

/// <summary>What became of one part of the input.</summary>
/// <param name="Text">The French.</param>
/// <param name="Pieces">Its tokens, without the end token, with their parts of the text.</param>
/// <param name="ReachedEnd">Whether the model ended the sentence itself, rather than running into its length.</param>
internal sealed record Translation(string Text, TokenSpan[] Pieces, bool ReachedEnd)
{
    /// <summary>What it is ranked by, where it was searched for: the mean of its tokens' log-probabilities.</summary>
    public double Score { get; init; }

    /// <summary>The sum of its tokens' log-probabilities, where it was searched for.</summary>
    public double LogProbability { get; init; }

    /// <summary>Turns what the model wrote into text.</summary>
    public static Translation Of(ReadOnlySpan<int> tokens, SentencePieceModel tokenizer)
    {
        bool reachedEnd = tokens is [.., EnglishToFrench.EndToken];
        string text = tokenizer.DecodeWithOffsets(reachedEnd ? tokens[..^1] : tokens, out TokenSpan[] pieces);
        return new Translation(text, pieces, reachedEnd);
    }
}
