namespace Formwork.Benchmarks.Corpus;

/// <summary>
/// Lets translators work through a corpus in turns, a block of sentences each: speeds from different minutes of a machine that others use
/// too say little about each other.
/// </summary>
internal static class CorpusRun
{
    private const int Block = 100;
    private const int WarmUpSentences = 50;

    /// <summary>Translates a corpus with everybody.</summary>
    /// <returns>Each one's translations.</returns>
    /// <exception cref="UserErrorException">A sentence is too long.</exception>
    public static string[][] Translate(IReadOnlyList<CorpusTranslator> translators, string[] sentences)
    {
        string[][] translations = [.. translators.Select(_ => new string[sentences.Length])];
        int warmUp = Math.Min(WarmUpSentences, sentences.Length);
        for (int turn = 0; turn < translators.Count; turn++)
        {
            translators[turn].Translate(sentences.AsSpan(0, warmUp), translations[turn]);
            translators[turn].Clear();
        }

        int blocks = (sentences.Length + Block - 1) / Block;
        SlowLoop.Run(blocks * translators.Count, "translating", index =>
        {
            (int block, int turn) = Math.DivRem(index, translators.Count);
            int first = block * Block;
            int count = Math.Min(Block, sentences.Length - first);
            translators[turn].Translate(sentences.AsSpan(first, count), translations[turn].AsSpan(first, count));
        });
        return translations;
    }
}
