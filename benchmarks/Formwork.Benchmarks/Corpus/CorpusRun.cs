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
    /// <param name="translators">Who translates.</param>
    /// <param name="sentences">The corpus.</param>
    /// <param name="batch">Sentences handed over at once; 1 for one after the other.</param>
    /// <returns>Each one's translations.</returns>
    /// <exception cref="UserErrorException">A sentence is too long.</exception>
    public static string[][] Translate(IReadOnlyList<CorpusTranslator> translators, string[] sentences, int batch)
    {
        string[][] translations = [.. translators.Select(_ => new string[sentences.Length])];
        int warmUp = Math.Min(WarmUpSentences, sentences.Length);
        for (int turn = 0; turn < translators.Count; turn++)
        {
            Run(translators[turn], sentences.AsSpan(0, warmUp), translations[turn], batch);
            translators[turn].Clear();
        }

        int blocks = (sentences.Length + Block - 1) / Block;
        SlowLoop.Run(blocks * translators.Count, "translating", index =>
        {
            (int block, int turn) = Math.DivRem(index, translators.Count);
            int first = block * Block;
            int count = Math.Min(Block, sentences.Length - first);
            Run(translators[turn], sentences.AsSpan(first, count), translations[turn].AsSpan(first, count), batch);
        });
        return translations;
    }

    private static void Run(CorpusTranslator translator, ReadOnlySpan<string> sentences, Span<string> translations, int batch)
    {
        if (batch == 1)
        {
            translator.Translate(sentences, translations);
            return;
        }

        for (int first = 0; first < sentences.Length; first += batch)
        {
            int count = Math.Min(batch, sentences.Length - first);
            translator.TranslateTogether(sentences.Slice(first, count), translations.Slice(first, count));
        }
    }
}
