using System.Globalization;
using System.Text.Json;

namespace Formwork.Text.Pretrained;

/// <summary>
/// Pegasus: <c>x &lt;/s&gt;</c>. The pieces' ids are the SentencePiece model's own and 103, before them come the end, padding and what only training used:
/// <c>&lt;mask_1&gt;</c>, <c>&lt;mask_2&gt;</c>, <c>&lt;unk_2&gt;</c> to <c>&lt;unk_102&gt;</c>.
/// </summary>
internal static class PegasusTokenizer
{
    private const string ModelFile = "spiece.model";
    private const int MostOffset = 1 << 16;
    private const int DefaultOffset = 103;
    private const int PadId = 0;
    private const int EndId = 1;
    private const int FirstAdditional = 3;

    public static TokenizerParts Load(PretrainedFiles files)
    {
        SentencePieceModel pieces = files.Pieces(ModelFile);
        int offset = files.Config.Count("offset", MostOffset) ?? DefaultOffset;
        var table = new ModelTokens(pieces);
        table.Extend(offset - 1);
        table.AddPieces();
        if (table.Count <= FirstAdditional)
        {
            throw RenumberedPieces.Missing(files, ModelFile, "mask_token", "<mask_2>");
        }
        table.SetMark(PadId, files.SpecialToken("pad_token", "<pad>"));
        table.SetMark(EndId, files.SpecialToken("eos_token", "</s>"));
        SetTrainingMarks(files, table, offset);
        int unknownId = pieces.UnknownId + offset;
        table.SetMark(unknownId, pieces.PieceOf(pieces.UnknownId));
        List<AddedToken> inTexts = AddedTokenRules.Settle(files, table, AddedTokens.Read(files));
        int[] numbers = RenumberedPieces.ByOffset(pieces, table, offset, unknownId);
        return new TokenizerParts
        {
            Text = AddedTokenVocabulary.Over(new PieceVocabulary(pieces, numbers, table), inTexts),
            Names = table,
            Layout = new SourceLayout(LanguageMark.None),
            EndId = EndId,
            PadId = PadId,
            UnknownId = unknownId,
        };
    }

    /// <summary>The marks from 2 on: the mask of a sentence, the mask of a word, then the additional tokens, of which the first is the mask of a sentence again.</summary>
    private static void SetTrainingMarks(PretrainedFiles files, ModelTokens table, int offset)
    {
        bool hasNoSentenceMask = files.Config.Root.TryGetProperty("mask_token_sent", out JsonElement mask)
            && mask.ValueKind == JsonValueKind.Null;
        string sentenceMask = files.Config.Token("mask_token_sent") ?? "<mask_1>";
        List<string> additional = [.. files.AdditionalSpecialTokens() ?? []];
        if (!hasNoSentenceMask)
        {
            table.SetMark(2, sentenceMask);
            table.SetMark(FirstAdditional, files.SpecialToken("mask_token", "<mask_2>"));
            if (!additional.Contains(sentenceMask))
            {
                additional.Insert(0, sentenceMask);
            }
        }
        // The unknown tokens are numbered by their places in the list, or from 2 on where no list is given.
        int shift = files.AdditionalSpecialTokens() is null ? (hasNoSentenceMask ? 2 : 1) : 0;
        for (int i = additional.Count; i < offset - 1; i++)
        {
            additional.Add(string.Create(CultureInfo.InvariantCulture, $"<unk_{i + shift}>"));
        }
        for (int i = 1; i < Math.Min(additional.Count, offset - 1); i++)
        {
            table.SetMark(FirstAdditional + i, additional[i]);
        }
    }
}
