namespace Formwork.Text.Pretrained;

/// <summary>Puts the added tokens of a directory's files among the tokens of a model.</summary>
internal static class AddedTokenRules
{
    // Files number added tokens from the vocabulary's end on; some leave out rows that a model was padded with.
    private const int MostLeftOut = 1 << 16;

    /// <param name="files">The directory.</param>
    /// <param name="tokens">The vocabulary's own tokens, and those that the kind of tokeniser adds by itself; the files' word goes before that.</param>
    /// <param name="added">The added tokens.</param>
    /// <param name="isInTexts">Which special ones texts turn into.</param>
    /// <returns>All that texts turn into.</returns>
    /// <exception cref="VocabularyLoadException">An id is far outside the vocabulary, or a piece's.</exception>
    public static List<AddedToken> Settle(PretrainedFiles files, ModelTokens tokens, IReadOnlyList<AddedToken> added, Predicate<string>? isInTexts = null)
    {
        var inTexts = new List<AddedToken>();
        int end = End(tokens.Count, added);
        foreach (AddedToken token in added)
        {
            bool isPiece = token.Id < tokens.Count && tokens.IsPiece(token.Id);
            Check(files, token, end, tokens.Count, isPiece && tokens.TokenOf(token.Id) != token.Content ? tokens.TokenOf(token.Id) : null);
            if (token.IsSpecial)
            {
                tokens.SetMark(token.Id, token.Content);
            }
            else if (!isPiece)
            {
                tokens.SetSpelled(token.Id, token.Content);
            }
            if (!token.IsSpecial || isInTexts?.Invoke(token.Content) == true)
            {
                inTexts.RemoveAll(other => other.Content == token.Content);
                inTexts.Add(token);
            }
        }
        return inTexts;
    }

    /// <summary>The first id that no added token of a vocabulary can have.</summary>
    public static int End(int count, IReadOnlyList<AddedToken> added) => count + added.Count + MostLeftOut;

    /// <summary>Refuses an id that is far outside the vocabulary, or that another token has.</summary>
    /// <param name="files">The directory.</param>
    /// <param name="token">The token.</param>
    /// <param name="end">The first id that is too far.</param>
    /// <param name="count">The vocabulary's number of ids.</param>
    /// <param name="other">The other token that has the id, or null.</param>
    /// <exception cref="VocabularyLoadException">The id is refused.</exception>
    public static void Check(PretrainedFiles files, AddedToken token, int end, int count, string? other)
    {
        if (token.Id >= end)
        {
            throw Problem(files, VocabularyLoadError.IdOutOfRange, $"ids near the vocabulary's {count}", $"{token.Id} for the added token {Quoted.Of(token.Content)}");
        }
        if (other is not null)
        {
            throw Problem(
                files, VocabularyLoadError.DuplicateId, "an id of its own for every added token", $"{token.Id} for {Quoted.Of(token.Content)}, which is the token {Quoted.Of(other)}");
        }
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
