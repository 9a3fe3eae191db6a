using System.Globalization;

namespace Formwork.Text.Pretrained;

/// <summary>ByT5: <c>x &lt;/s&gt;</c> over the bytes of UTF-8, and sentinels behind them, of which <c>&lt;extra_id_0&gt;</c> is the first.</summary>
internal static class ByT5Tokenizer
{
    private const int MostExtraIds = 1 << 16;
    private const int DefaultExtraIds = 125;

    public static TokenizerParts Load(PretrainedFiles files)
    {
        int extraIds = files.Config.Count("extra_ids", MostExtraIds) ?? DefaultExtraIds;
        var bytes = new ByteVocabulary(extraIds);
        IReadOnlyList<AddedToken> added = AddedTokens.Read(files, T5Tokenizer.IsSentinel);
        var vocabulary = new MarkedVocabulary(bytes, bytes.TokenOf);
        List<AddedToken> inTexts = AddedByteTokens.Settle(files, vocabulary, bytes, added, T5Tokenizer.IsSentinel);
        HashSet<string> numbered = [.. added.Select(token => token.Content)];
        for (int i = 0; i < extraIds; i++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"<extra_id_{i}>");
            if (!numbered.Contains(name) && bytes.TryGetId(name, out int id))
            {
                vocabulary.SetMark(id);
                inTexts.Add(new AddedToken(name, id, IsSpecial: true));
            }
        }
        return new TokenizerParts
        {
            Text = AddedTokenVocabulary.Over(vocabulary, inTexts),
            Names = vocabulary,
            Layout = new SourceLayout(LanguageMark.None),
            EndId = ByteVocabulary.EndId,
            PadId = ByteVocabulary.PadId,
            UnknownId = ByteVocabulary.UnknownId,
        };
    }
}
