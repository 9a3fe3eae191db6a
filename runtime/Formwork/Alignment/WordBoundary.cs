namespace Formwork.Alignment;

/// <summary>Where a word ends and the next begins.</summary>
public enum WordBoundary
{
    /// <summary>
    /// At white space alone, so that words count as text split at spaces does: "mat." is one word. What other tools do with text that is
    /// tokenised already.
    /// </summary>
    Spaces = 0,

    /// <summary>
    /// At white space, and where a token that is nothing but punctuation meets one that is not: "mat." is two words if its full stop is
    /// a token of its own. Apostrophes and hyphens belong to their words.
    /// </summary>
    Punctuation = 1,

    /// <summary>Every token is a word, for languages that are written without spaces.</summary>
    Tokens = 2,
}
