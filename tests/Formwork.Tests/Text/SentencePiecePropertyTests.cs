using System.Text;
using Formwork.Text;

namespace Formwork.Tests.Text;

/// <summary>What holds for every text, checked on seeded random ones.</summary>
public class SentencePiecePropertyTests
{
    private static readonly string[] Fragments =
    [
        " ", "  ", "a man ", "dans la rue", "<sep>", "\u00e9t\u00e9", "e\u0301", "\ufb01", "\u00ad", "\t", "\U0001f642", "\u6f22", "\u0645\u0631",
        "\u2581", "\uD83D", "\0", "\u1100\u1161", "\u337f", "</s>", "ing",
    ];

    public static TheoryData<string> Names => TestModels.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Offsets_cover_the_text_in_order(string name)
    {
        SentencePieceModel model = TestModels.Get(name);
        foreach (string text in RandomTexts(2000))
        {
            int covered = -1;
            int previousStart = 0;
            foreach (TokenSpan token in model.EncodeWithOffsets(text))
            {
                covered = covered < 0 ? token.Start : covered;
                Assert.True(token.Start >= previousStart && token.Start <= covered && token.End <= text.Length);
                previousStart = token.Start;
                covered = Math.Max(covered, token.End);
            }
            // Only what the normaliser may drop is left over at the end: spaces, and what nmt_nfkc makes spaces of or removes.
            Assert.True(covered < 0 || text[covered..].All(MayBeDropped), $"'{text}' from {covered}");
        }
    }

    /// <summary>Models that cut text into parts smaller than words and decode without rules of their own.</summary>
    public static TheoryData<string> Reversible => [.. TestModels.AllNames.Except(["word", "unigram-suffix"])];

    [Theory]
    [MemberData(nameof(Reversible))]
    public void Text_that_the_vocabulary_covers_survives_the_round_trip_in_normal_form(string name)
    {
        SentencePieceModel model = TestModels.Get(name);
        ModelFile file = ModelFileReader.Read(TestModels.Bytes(name));
        PieceTrie? symbols = new Vocabulary(file.Pieces, file.UnknownId).UserDefined;
        var normalizer = new Normalizer(file.Normalizer, symbols, file.TreatWhitespaceAsSuffix);
        int compared = 0;
        foreach (string text in RandomTexts(2000))
        {
            int[] ids = model.Encode(text);
            if (ids.Contains(model.UnknownId))
            {
                continue;
            }
            string expected = Normal(normalizer, text);
            // The dummy space before the first word is dropped again; one after the last stays, as in the reference.
            if (file.Normalizer.RemoveExtraWhitespaces)
            {
                expected = expected.TrimStart(' ');
            }
            else if (file.Normalizer.AddDummyPrefix && expected.Length > 0)
            {
                expected = expected[1..];
            }
            Assert.Equal(expected, model.Decode(ids));
            compared += text.Length > 0 ? 1 : 0;
        }
        Assert.True(compared > 20, $"only {compared} texts were covered");
    }

    private static bool MayBeDropped(char unit) =>
        char.IsWhiteSpace(unit) || char.IsSurrogate(unit) || unit is '\u2581' or '\u00ad' or '\0';

    private static string Normal(Normalizer normalizer, string text)
    {
        var normal = new NormalizedText([], tracksOrigins: false);
        normalizer.Normalize(Encoding.UTF8.GetBytes(text), ref normal);
        string result = Encoding.UTF8.GetString(normal.Bytes).Replace('\u2581', ' ');
        normal.Dispose();
        return result;
    }

    private static IEnumerable<string> RandomTexts(int count)
    {
        var random = new Random(11);
        for (int i = 0; i < count; i++)
        {
            var text = new StringBuilder();
            for (int length = random.Next(10); length > 0; length--)
            {
                text.Append(random.Next(3) == 0 ? Fragments[random.Next(Fragments.Length)] : ((char)random.Next('a', 'z' + 1)).ToString());
            }
            yield return text.ToString();
        }
    }
}
