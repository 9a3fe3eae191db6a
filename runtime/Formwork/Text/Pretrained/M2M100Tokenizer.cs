using System.Collections.Frozen;

namespace Formwork.Text.Pretrained;

/// <summary>
/// M2M100: <c>lang x &lt;/s&gt;</c>; a target must begin with its language. <c>vocab.json</c> numbers the pieces, behind them come the languages
/// (<c>__fr__</c>) in their fixed order, and words that were made up to fill the model's rows.
/// </summary>
internal static class M2M100Tokenizer
{
    public const string VocabularyFile = "vocab.json";

    private const string ModelFile = "sentencepiece.bpe.model";
    private const int MostMadeUpWords = 1 << 16;
    private const int DefaultMadeUpWords = 8;

    public static TokenizerParts Load(PretrainedFiles files)
    {
        SentencePieceModel pieces = files.Pieces(ModelFile);
        JsonVocabulary vocabulary = JsonVocabulary.Load(files, VocabularyFile, files.SpecialToken("unk_token", "<unk>"));
        int end = vocabulary.Require(files.SpecialToken("eos_token", "</s>"));
        int pad = vocabulary.Require(files.SpecialToken("pad_token", "<pad>"));
        int begin = vocabulary.Require(files.SpecialToken("bos_token", "<s>"));
        ModelTokens table = RenumberedPieces.Table(vocabulary, pieces);
        foreach (int mark in new[] { vocabulary.UnknownId, end, pad, begin })
        {
            table.SetMark(mark, vocabulary[mark]);
        }

        IReadOnlyList<string> codes = M2M100Languages.Of(files.Config);
        for (int i = 0; i < codes.Count; i++)
        {
            table.SetMark(vocabulary.Count + i, M2M100Languages.TokenOf(codes[i]));
        }
        int madeUpWords = files.Config.Count("num_madeup_words", MostMadeUpWords) ?? DefaultMadeUpWords;
        table.Extend(vocabulary.Count + codes.Count + madeUpWords - 1);
        IReadOnlyList<AddedToken> added = AddedTokens.Read(files, M2M100Languages.IsToken);
        List<AddedToken> inTexts = AddedTokenRules.Settle(files, table, added);
        IEnumerable<string> all = codes.Concat(added.Where(token => token.IsSpecial && M2M100Languages.IsToken(token.Content)).Select(token => token.Content[2..^2]));
        FrozenDictionary<string, int> languages = LanguageTable.Of(all, table, M2M100Languages.TokenOf);
        return new TokenizerParts
        {
            Text = AddedTokenVocabulary.Over(new PieceVocabulary(pieces, vocabulary.NumbersOf(pieces), table, vocabulary), inTexts),
            Names = table,
            Layout = new SourceLayout(LanguageMark.SourceFirst, ForcesTarget: true),
            EndId = end,
            PadId = pad,
            UnknownId = vocabulary.UnknownId,
            Languages = languages,
            DefaultSource = LanguageTable.Named(files, "src_lang", languages, "en"),
            DefaultTarget = LanguageTable.Named(files, "tgt_lang", languages, null),
        };
    }
}
