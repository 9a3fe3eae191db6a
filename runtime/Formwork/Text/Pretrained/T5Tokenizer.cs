using System.Globalization;

namespace Formwork.Text.Pretrained;

/// <summary>
/// T5, FLAN-T5, mT5, UMT5: <c>x &lt;/s&gt;</c>. The pieces' ids are the SentencePiece model's own; behind them come the sentinels, of which
/// <c>&lt;extra_id_0&gt;</c> is the last. An mT5's sentinels are pieces of the model itself, and <c>extra_ids</c> is 0.
/// </summary>
internal static class T5Tokenizer
{
    private const string ModelFile = "spiece.model";
    private const int MostExtraIds = 1 << 16;
    private const int DefaultExtraIds = 100;

    public static TokenizerParts Load(PretrainedFiles files)
    {
        SentencePieceModel pieces = files.Pieces(ModelFile);
        IReadOnlyList<AddedToken> added = AddedTokens.Read(files, IsSentinel);
        int extraIds = files.Config.Count("extra_ids", MostExtraIds) ?? DefaultExtraIds;
        var table = new ModelTokens(pieces);
        table.AddPieces();
        int end = RenumberedPieces.Mark(files, pieces, table, added, "eos_token", "</s>");
        int pad = RenumberedPieces.Mark(files, pieces, table, added, "pad_token", "<pad>");
        table.SetMark(pieces.UnknownId, pieces.PieceOf(pieces.UnknownId));
        List<AddedToken> inTexts = Sentinels(pieces.PieceCount, extraIds, added, table);
        inTexts.AddRange(AddedTokenRules.Settle(files, table, added, IsSentinel));
        if (end < 0 || end >= table.Count)
        {
            throw RenumberedPieces.Missing(files, ModelFile, "eos_token", "</s>");
        }

        var vocabulary = new PieceVocabulary(pieces, RenumberedPieces.ByOffset(pieces, table, 0, pieces.UnknownId), table);
        return new TokenizerParts
        {
            Text = Text(files, pieces, vocabulary, inTexts),
            Names = table,
            Layout = new SourceLayout(LanguageMark.None),
            EndId = end,
            PadId = pad < table.Count ? pad : -1,
            UnknownId = pieces.UnknownId,
        };
    }

    private static ITextVocabulary Text(PretrainedFiles files, SentencePieceModel pieces, PieceVocabulary vocabulary, List<AddedToken> inTexts)
    {
        bool addsPrefix = files.Config.Flag("add_prefix_space") ?? true;
        if (files.Config.Flag("legacy") == false)
        {
            string unknown = files.SpecialToken("unk_token", "<unk>");
            SentencePieceModel verbatim = pieces.WithoutDummyPrefix();
            return new T5Vocabulary(vocabulary.With(verbatim), inTexts, unknown, verbatim.Encode(unknown).Length, addsPrefix);
        }
        return addsPrefix
            ? AddedTokenVocabulary.Over(vocabulary, inTexts)
            : throw files.Config.Unsupported("add_prefix_space", "true", "false", "It has a meaning only where legacy is false; find out which of the two the model was trained with.");
    }

    /// <summary>Adds the sentinels that the files do not number themselves.</summary>
    private static List<AddedToken> Sentinels(int pieceCount, int extraIds, IReadOnlyList<AddedToken> added, ModelTokens table)
    {
        HashSet<string> numbered = [.. added.Select(token => token.Content)];
        var sentinels = new List<AddedToken>();
        table.Extend(pieceCount + extraIds - 1);
        for (int i = 0; i < extraIds; i++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"<extra_id_{i}>");
            if (!numbered.Contains(name))
            {
                int id = pieceCount + extraIds - 1 - i;
                table.SetMark(id, name);
                sentinels.Add(new AddedToken(name, id, IsSpecial: true, StripsLeft: true, StripsRight: true));
            }
        }
        return sentinels;
    }

    /// <summary>Whether a token is a sentinel by its spelling.</summary>
    public static bool IsSentinel(string name) =>
        name.StartsWith("<extra_id_", StringComparison.Ordinal) && name.EndsWith('>')
        && int.TryParse(name.AsSpan(10, name.Length - 11), NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
