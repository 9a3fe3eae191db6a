namespace Formwork.Text.Pretrained;

/// <summary>Puts the added tokens of a directory's files into a table of tokens.</summary>
internal static class AddedTokenRules
{
    // Files number added tokens from the vocabulary's end on; some leave out rows that a model was padded with.
    private const int MostLeftOut = 1 << 16;

    /// <param name="files">The directory.</param>
    /// <param name="table">The vocabulary's own tokens, and those that the kind of tokeniser adds by itself; the files' word goes before that.</param>
    /// <param name="added">The tokens.</param>
    /// <param name="isInTexts">Which special ones texts turn into.</param>
    /// <returns>All that texts turn into.</returns>
    /// <exception cref="VocabularyLoadException">An id is far outside the vocabulary, or a piece's.</exception>
    public static List<AddedToken> Settle(PretrainedFiles files, TokenTable table, IReadOnlyList<AddedToken> added, Predicate<string>? isInTexts = null)
    {
        var inTexts = new List<AddedToken>();
        int end = table.Count + added.Count + MostLeftOut;
        foreach (AddedToken token in added)
        {
            if (token.Id >= end)
            {
                throw Problem(files, VocabularyLoadError.IdOutOfRange, $"ids near the vocabulary's {table.Count}", $"{token.Id} for the added token '{token.Content}'");
            }
            bool isPiece = token.Id < table.Count && table.IsPiece(token.Id);
            if (isPiece && table.TokenOf(token.Id) != token.Content)
            {
                throw Problem(
                    files, VocabularyLoadError.DuplicateId, "an id of its own for every added token",
                    $"{token.Id} for '{token.Content}', which is the piece '{table.TokenOf(token.Id)}'");
            }
            if (token.IsSpecial)
            {
                table.SetMark(token.Id, token.Content);
            }
            else if (!isPiece)
            {
                table.SetSpelled(token.Id, token.Content);
            }
            if (!token.IsSpecial || isInTexts?.Invoke(token.Content) == true)
            {
                inTexts.RemoveAll(other => other.Content == token.Content);
                inTexts.Add(token);
            }
        }
        return inTexts;
    }

    private static VocabularyLoadException Problem(PretrainedFiles files, VocabularyLoadError error, string expected, string found)
    {
        string name = files.Config.TryFind("added_tokens_decoder", out _) ? PretrainedFiles.TokenizerConfig
            : files.Has(PretrainedFiles.AddedTokens) ? PretrainedFiles.AddedTokens : PretrainedFiles.TokenizerJson;
        return new VocabularyLoadException(error, -1, expected, found, "The files are of different models; fetch them together.")
        {
            FileName = files.PathOf(name),
        };
    }
}
