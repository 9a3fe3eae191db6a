namespace Formwork.Text.Pretrained;

/// <summary>BART, and RoBERTa's tokeniser, which is the same: <c>&lt;s&gt; x &lt;/s&gt;</c> over byte-level byte pairs.</summary>
internal static class BartTokenizer
{
    private const string VocabularyFile = "vocab.json";
    private const string MergesFile = "merges.txt";

    public static TokenizerParts Load(PretrainedFiles files)
    {
        files.Require(VocabularyFile);
        files.Require(MergesFile);
        if (files.Config.Text("errors") is { } errors and not "replace")
        {
            throw files.Config.Unsupported("errors", "replace", Quoted.Of(errors), "Bytes that are no text decode to U+FFFD; set it so.");
        }
        string[] marks =
        [
            files.SpecialToken("bos_token", "<s>"), files.SpecialToken("pad_token", "<pad>"), files.SpecialToken("eos_token", "</s>"),
            files.SpecialToken("unk_token", "<unk>"), files.SpecialToken("mask_token", "<mask>"), files.SpecialToken("cls_token", "<s>"),
            files.SpecialToken("sep_token", "</s>"),
        ];
        ByteLevelBpe bytes = ByteLevelBpe.Load(
            files.PathOf(VocabularyFile), files.PathOf(MergesFile), files.Config.Flag("add_prefix_space") ?? false, marks);
        IReadOnlyList<AddedToken> added = AddedTokens.Read(files);
        var vocabulary = new MarkedVocabulary(bytes, id => bytes.TokenOf(id) ?? "");
        List<AddedToken> inTexts = AddedByteTokens.Settle(files, vocabulary, bytes, added);
        return new TokenizerParts
        {
            Text = AddedTokenVocabulary.Over(vocabulary, inTexts),
            Names = vocabulary,
            Layout = new SourceLayout(LanguageMark.None, Require("cls_token", "<s>")),
            EndId = Require("sep_token", "</s>"),
            PadId = Find("pad_token", "<pad>"),
            UnknownId = Find("unk_token", "<unk>"),
        };

        int Find(string key, string byDefault)
        {
            bool isFound = vocabulary.TryGetId(files.SpecialToken(key, byDefault), out int id);
            if (isFound)
            {
                vocabulary.SetMark(id);
            }
            return isFound ? id : -1;
        }

        int Require(string key, string byDefault) =>
            Find(key, byDefault) is >= 0 and int id ? id : throw RenumberedPieces.Missing(files, VocabularyFile, key, byDefault);
    }
}
