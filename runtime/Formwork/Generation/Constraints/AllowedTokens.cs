namespace Formwork.Generation.Constraints;

/// <summary>Says which ids may come next.</summary>
/// <param name="target">What the hypothesis holds so far, its prefix included and the start token left out.</param>
/// <param name="allowed">The ids that may come next; empty when the call begins.</param>
public delegate void AllowedTokens(ReadOnlySpan<int> target, TokenSet allowed);
