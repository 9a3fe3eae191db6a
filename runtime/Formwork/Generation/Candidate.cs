using Formwork.Generation.Constraints;

namespace Formwork.Generation;

/// <summary>One way for a beam to go on.</summary>
/// <param name="Row">The beam.</param>
/// <param name="Token">The next token.</param>
/// <param name="LogProbability">What the token adds.</param>
/// <param name="Sum">The beam's sum with it.</param>
/// <param name="Phrases">How far it comes with its phrases.</param>
internal readonly record struct Candidate(int Row, int Token, float LogProbability, float Sum, PhraseProgress Phrases);
