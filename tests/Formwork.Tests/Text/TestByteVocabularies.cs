using Formwork.Text;

namespace Formwork.Tests.Text;

/// <summary>The vocabularies of bytes that results are recorded of: BART's kind, which <c>training/text/train_byte_level_bpe.py</c> made, and ByT5's.</summary>
internal static class TestByteVocabularies
{
    public static ByteLevelBpe Bart { get; } = ByteLevelBpe.Load(TextFiles.ByteLevelBpe("vocab.json"), TextFiles.ByteLevelBpe("merges.txt"));

    public static ByteVocabulary ByT5 { get; } = new();

    public static TheoryData<string> Names => ["byte-level-bpe", "byt5"];

    public static ITextVocabulary Get(string name) => name == "byt5" ? ByT5 : Bart;

    public static int[] Encode(ITextVocabulary vocabulary, string text)
    {
        List<int> ids = [];
        vocabulary.Encode(text, ids);
        return [.. ids];
    }

    /// <summary>Random ids, two thirds of them single bytes, so that characters are often cut.</summary>
    public static IEnumerable<int[]> RandomIds(ITextVocabulary vocabulary, int count, int seed)
    {
        var random = new Random(seed);
        int[] bytes = [.. Enumerable.Range(0, vocabulary.Count).Where(id => ((IByteTokens)vocabulary).BytesOf(id).Length == 1)];
        for (int i = 0; i < count; i++)
        {
            var ids = new int[random.Next(16)];
            for (int j = 0; j < ids.Length; j++)
            {
                ids[j] = random.Next(3) == 0 ? random.Next(vocabulary.Count) : bytes[random.Next(bytes.Length)];
            }
            yield return ids;
        }
    }
}
