using System.Collections.Frozen;

namespace Formwork.Text.Pretrained;

/// <summary>What both mBARTs share: fairseq's numbers, the languages in their fixed order behind the pieces, and the mask last.</summary>
internal static class MBartFamily
{
    public static TokenizerParts Load(PretrainedFiles files, IReadOnlyList<string> codes, SourceLayout layout)
    {
        SentencePieceModel pieces = files.Pieces(FairseqTable.ModelFile);
        IReadOnlyList<AddedToken> added = AddedTokens.Read(files, MBartLanguages.IsCode);
        ModelTokens table = FairseqTable.Of(files, pieces);
        FairseqTable.AddCodes(files, table, codes, added);
        List<AddedToken> inTexts = AddedTokenRules.Settle(files, table, added);
        IEnumerable<string> all = codes.Concat(added.Where(token => token.IsSpecial && MBartLanguages.IsCode(token.Content)).Select(token => token.Content));
        FrozenDictionary<string, int> languages = LanguageTable.Of(all, table, static code => code);
        int[] numbers = RenumberedPieces.ByOffset(pieces, table, FairseqTable.Offset, FairseqTable.UnknownId);
        return new TokenizerParts
        {
            Text = AddedTokenVocabulary.Over(new PieceVocabulary(pieces, numbers, table), inTexts),
            Names = table,
            Layout = layout,
            EndId = FairseqTable.EndId,
            PadId = FairseqTable.PadId,
            UnknownId = FairseqTable.UnknownId,
            Languages = languages,
            DefaultSource = LanguageTable.Named(files, "src_lang", languages, "en_XX"),
            DefaultTarget = LanguageTable.Named(files, "tgt_lang", languages, null),
        };
    }
}
