namespace Formwork.Text.Pretrained;

/// <summary>The steps that kinds of tokenisers share which number a SentencePiece model's pieces in their own way.</summary>
internal static class RenumberedPieces
{
    /// <summary>The id of each piece, where ids are the pieces' own and an offset. What texts must not turn into is unknown.</summary>
    public static int[] ByOffset(SentencePieceModel pieces, ModelTokens table, int offset, int unknownId)
    {
        var numbers = new int[pieces.PieceCount];
        for (int piece = 0; piece < numbers.Length; piece++)
        {
            bool isText = pieces.KindOf(piece) is not (PieceKind.Control or PieceKind.Unknown);
            numbers[piece] = isText && table.IsPiece(piece + offset) ? piece + offset : unknownId;
        }
        return numbers;
    }

    /// <summary>A table of a vocabulary file's tokens, joined as the pieces that are spelled alike; spelled out where there is none.</summary>
    public static ModelTokens Table(JsonVocabulary vocabulary, SentencePieceModel pieces)
    {
        var table = new ModelTokens(pieces);
        for (int id = 0; id < vocabulary.Count; id++)
        {
            string spelling = vocabulary[id];
            if (pieces.TryGetId(spelling, out int piece))
            {
                table.AddPiece(piece);
            }
            else
            {
                table.SetSpelled(id, spelling);
            }
        }
        return table;
    }

    /// <summary>Makes a special token of a SentencePiece model a mark of the table.</summary>
    /// <param name="files">The directory.</param>
    /// <param name="pieces">The model, whose pieces have their own ids.</param>
    /// <param name="table">The table.</param>
    /// <param name="added">Where the token is sought if it is no piece.</param>
    /// <param name="key">Its name in the settings.</param>
    /// <param name="byDefault">How it is spelled unless the settings say otherwise.</param>
    /// <returns>The id, or −1.</returns>
    public static int Mark(
        PretrainedFiles files, SentencePieceModel pieces, ModelTokens table, IReadOnlyList<AddedToken> added, string key, string byDefault)
    {
        string name = files.SpecialToken(key, byDefault);
        int id = pieces.TryGetId(name, out int piece) ? piece : added.FirstOrDefault(token => token.Content == name)?.Id ?? -1;
        if (id >= 0 && id < table.Count)
        {
            table.SetMark(id, name);
        }
        return id;
    }

    /// <summary>The error for a special token that no file has.</summary>
    public static VocabularyLoadException Missing(PretrainedFiles files, string file, string key, string byDefault) =>
        new(VocabularyLoadError.MissingToken, -1, $"the token {Quoted.Of(files.SpecialToken(key, byDefault))} ({key})", "none spelled so",
            "The files are of different models; fetch them together.")
        {
            FileName = files.PathOf(file),
        };
}
