using Formwork.Text;

namespace Translate.Sentences;

/// <summary>What became of one part of the input.</summary>
/// <param name="Text">The French.</param>
/// <param name="Pieces">Its tokens, without the end token, with their parts of the text.</param>
/// <param name="ReachedEnd">Whether the model ended the sentence itself, rather than running into its length.</param>
internal sealed record Translation(string Text, TokenSpan[] Pieces, bool ReachedEnd);
