namespace Formwork.Text.Pretrained;

/// <summary>
/// How fairseq's models number a SentencePiece model: <c>&lt;s&gt;</c>, <c>&lt;pad&gt;</c>, <c>&lt;/s&gt;</c>, <c>&lt;unk&gt;</c>, then each piece one above its own
/// id, for the model begins with <c>&lt;unk&gt;</c>, <c>&lt;s&gt;</c>, <c>&lt;/s&gt;</c>.
/// </summary>
internal static class FairseqTable
{
    public const string ModelFile = "sentencepiece.bpe.model";
    public const int Offset = 1;
    public const int PadId = 1;
    public const int EndId = 2;
    public const int UnknownId = 3;

    private const int Reserved = 3;

    /// <summary>The table without languages.</summary>
    /// <exception cref="VocabularyLoadException">The model begins with other pieces.</exception>
    public static ModelTokens Of(PretrainedFiles files, SentencePieceModel pieces)
    {
        if (pieces.PieceCount < Reserved || pieces.KindOf(0) != PieceKind.Unknown || pieces.KindOf(1) != PieceKind.Control || pieces.KindOf(2) != PieceKind.Control)
        {
            throw new VocabularyLoadException(
                VocabularyLoadError.MissingToken, -1, "a model that begins with the pieces <unk>, <s>, </s>",
                string.Join(", ", Enumerable.Range(0, Math.Min(Reserved, pieces.PieceCount)).Select(pieces.PieceOf)),
                "The files are of different models; fetch them together.")
            {
                FileName = files.PathOf(ModelFile),
            };
        }
        var table = new ModelTokens(pieces);
        table.SetMark(0, files.SpecialToken("bos_token", "<s>"));
        table.SetMark(PadId, files.SpecialToken("pad_token", "<pad>"));
        table.SetMark(EndId, files.SpecialToken("eos_token", "</s>"));
        table.SetMark(UnknownId, files.SpecialToken("unk_token", "<unk>"));
        for (int piece = Reserved; piece < pieces.PieceCount; piece++)
        {
            table.AddPiece(piece);
        }
        return table;
    }

    /// <summary>Numbers codes from the table's end on, and the mask behind them; those that the files number themselves keep their ids.</summary>
    public static void AddCodes(PretrainedFiles files, ModelTokens table, IReadOnlyList<string> codes, IReadOnlyList<AddedToken> added)
    {
        HashSet<string> numbered = [.. added.Select(token => token.Content)];
        int next = table.Count;
        table.Extend(next + codes.Count);
        foreach (string code in codes)
        {
            if (!numbered.Contains(code))
            {
                table.SetMark(next, code);
            }
            next++;
        }
        string mask = files.SpecialToken("mask_token", "<mask>");
        if (!numbered.Contains(mask))
        {
            table.SetMark(next, mask);
        }
    }
}
