using System.Collections.Frozen;

namespace Formwork.Text.Pretrained;

/// <summary>
/// Marian (opus-mt): <c>x &lt;/s&gt;</c>. A SentencePiece model cuts sources, another joins targets, and <c>vocab.json</c> numbers the pieces of both; a source
/// of a model with several targets begins with its own (<c>&gt;&gt;fra&lt;&lt;</c>).
/// </summary>
/// <remarks>The class that this follows has a normaliser of punctuation, which it never applies to what it encodes; so there is none here.</remarks>
internal static class MarianTokenizer
{
    private const string SourceVocabulary = "vocab.json";
    private const string TargetVocabulary = "target_vocab.json";

    public static TokenizerParts Load(PretrainedFiles files)
    {
        SentencePieceModel source = files.Pieces("source.spm");
        SentencePieceModel target = files.Pieces("target.spm");
        JsonVocabulary vocabulary = JsonVocabulary.Load(files, SourceVocabulary, files.SpecialToken("unk_token", "<unk>"));
        (int end, int pad) = Marks(files, vocabulary);
        List<(string Code, int Id)> tags = Tags(vocabulary);
        JsonVocabulary targets = vocabulary;
        (int targetEnd, int targetPad) = (end, pad);
        if (files.Config.Flag("separate_vocabs") == true)
        {
            targets = JsonVocabulary.Load(files, TargetVocabulary, files.SpecialToken("unk_token", "<unk>"));
            (targetEnd, targetPad) = Marks(files, targets);
        }

        ModelTokens table = RenumberedPieces.Table(targets, target);
        foreach (int mark in new[] { targets.UnknownId, targetEnd, targetPad })
        {
            SetMark(table, targets, mark);
        }
        Tags(targets).ForEach(tag => SetMark(table, targets, tag.Id));
        IReadOnlyList<AddedToken> added = AddedTokens.Read(files);
        List<AddedToken> inTexts = AddedTokenRules.Settle(files, table, added);
        ITextVocabulary text = AddedTokenVocabulary.Over(new PieceVocabulary(source, vocabulary.NumbersOf(source), table, vocabulary), inTexts);
        return new TokenizerParts
        {
            Text = new MarianTagVocabulary(text, vocabulary),
            TextAfterTarget = text,
            Names = table,
            Layout = new SourceLayout(LanguageMark.TargetFirst),
            EndId = end,
            PadId = pad >= 0 ? pad : added.FirstOrDefault(token => token.Content == files.SpecialToken("pad_token", "<pad>"))?.Id ?? -1,
            UnknownId = vocabulary.UnknownId,
            Languages = tags.ToFrozenDictionary(tag => tag.Code, tag => tag.Id, StringComparer.Ordinal),
        };
    }

    private static (int End, int Pad) Marks(PretrainedFiles files, JsonVocabulary vocabulary)
    {
        int end = vocabulary.Require(files.SpecialToken("eos_token", "</s>"));
        if (!vocabulary.TryGetId(files.SpecialToken("pad_token", "<pad>"), out int pad))
        {
            return (end, -1);
        }
        vocabulary.Mark(pad);
        return (end, pad);
    }

    private static List<(string Code, int Id)> Tags(JsonVocabulary vocabulary)
    {
        var tags = new List<(string, int)>();
        for (int id = 0; id < vocabulary.Count; id++)
        {
            string spelling = vocabulary[id];
            if (MarianTagVocabulary.IsTag(spelling))
            {
                vocabulary.Mark(id);
                tags.Add((spelling[2..^2], id));
            }
        }
        return tags;
    }

    private static void SetMark(ModelTokens table, JsonVocabulary vocabulary, int id)
    {
        if (id >= 0)
        {
            table.SetMark(id, vocabulary[id]);
        }
    }
}
