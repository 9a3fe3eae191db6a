using System.Collections.Frozen;

namespace Formwork.Text.Pretrained;

/// <summary>
/// NLLB: <c>lang x &lt;/s&gt;</c>, or <c>x &lt;/s&gt; lang</c> with <c>legacy_behaviour</c>; a target must begin with its language. fairseq's numbers, the languages
/// that the files list, or else NLLB-200's, behind the pieces, then the mask.
/// </summary>
internal static class NllbTokenizer
{
    public static TokenizerParts Load(PretrainedFiles files)
    {
        SentencePieceModel pieces = files.Pieces(FairseqTable.ModelFile);
        IReadOnlyList<AddedToken> added = AddedTokens.Read(files, NllbLanguages.IsCode);
        ModelTokens table = FairseqTable.Of(files, pieces);
        IReadOnlyList<string> codes = Unnumbered(files.AdditionalSpecialTokens() is { Count: > 0 } listed ? [.. listed.Distinct()] : NllbLanguages.All, added);
        FairseqTable.AddCodes(files, table, codes, added);
        List<AddedToken> inTexts = AddedTokenRules.Settle(files, table, added);
        IEnumerable<string> all = codes.Concat(added.Where(token => token.IsSpecial).Select(token => token.Content)).Where(NllbLanguages.IsCode);
        FrozenDictionary<string, int> languages = LanguageTable.Of(all, table, static code => code);
        bool isLegacy = files.Config.Flag("legacy_behaviour") == true;
        int[] numbers = RenumberedPieces.ByOffset(pieces, table, FairseqTable.Offset, FairseqTable.UnknownId);
        return new TokenizerParts
        {
            Text = AddedTokenVocabulary.Over(new PieceVocabulary(pieces, numbers, table), inTexts),
            Names = table,
            Layout = new SourceLayout(isLegacy ? LanguageMark.SourceLast : LanguageMark.SourceFirst, ForcesTarget: true),
            EndId = FairseqTable.EndId,
            PadId = FairseqTable.PadId,
            UnknownId = FairseqTable.UnknownId,
            Languages = languages,
            DefaultSource = LanguageTable.Named(files, "src_lang", languages, "eng_Latn"),
            DefaultTarget = LanguageTable.Named(files, "tgt_lang", languages, null),
        };
    }

    /// <summary>The languages without those that were added later: the files number these, and they take no place among the others.</summary>
    private static IReadOnlyList<string> Unnumbered(IReadOnlyList<string> codes, IReadOnlyList<AddedToken> added)
    {
        HashSet<string> numbered = [.. added.Select(token => token.Content)];
        return codes.All(numbered.Contains) ? codes : [.. codes.Where(code => !numbered.Contains(code))];
    }
}
