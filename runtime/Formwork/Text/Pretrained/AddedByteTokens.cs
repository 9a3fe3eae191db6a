namespace Formwork.Text.Pretrained;

/// <summary>Puts the added tokens of a directory's files beside a vocabulary of bytes.</summary>
internal static class AddedByteTokens
{
    /// <param name="files">The directory.</param>
    /// <param name="vocabulary">Receives the tokens.</param>
    /// <param name="bytes">The vocabulary's own tokens.</param>
    /// <param name="added">The tokens.</param>
    /// <param name="isInTexts">Which special ones texts turn into.</param>
    /// <returns>All that texts turn into.</returns>
    /// <exception cref="VocabularyLoadException">An id is far outside the vocabulary, or another token's.</exception>
    public static List<AddedToken> Settle(
        PretrainedFiles files, MarkedVocabulary vocabulary, ITextVocabulary bytes, IReadOnlyList<AddedToken> added, Predicate<string>? isInTexts = null)
    {
        var inTexts = new List<AddedToken>();
        int end = AddedTokenRules.End(bytes.Count, added);
        foreach (AddedToken token in added)
        {
            string before = token.Id < bytes.Count ? vocabulary.TokenOf(token.Id) : "";
            // Sentinels are numbered by a rule, before which the files' word goes.
            bool isFree = before.Length == 0 || before == token.Content || isInTexts?.Invoke(before) == true;
            AddedTokenRules.Check(files, token, end, bytes.Count, isFree ? null : before);
            vocabulary.Add(token);
            if (!token.IsSpecial || isInTexts?.Invoke(token.Content) == true)
            {
                inTexts.RemoveAll(other => other.Content == token.Content);
                inTexts.Add(token);
            }
        }
        return inTexts;
    }
}
