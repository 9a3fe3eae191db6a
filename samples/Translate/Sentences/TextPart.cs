using Formwork.Text;

namespace Translate.Sentences;

/// <summary>A part of the input that is translated in one go.</summary>
/// <param name="Text">The text that the pieces' offsets point into.</param>
/// <param name="Pieces">The part's pieces: at least one, and at most as many as the model reads.</param>
internal sealed record TextPart(string Text, ArraySegment<TokenSpan> Pieces);
