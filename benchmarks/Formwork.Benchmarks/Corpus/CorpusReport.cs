using System.Diagnostics;
using Formwork.Kernels;

namespace Formwork.Benchmarks.Corpus;

/// <summary>What came of translating a corpus, one sentence after the other.</summary>
/// <param name="Sentences">Sentences translated.</param>
/// <param name="Tokens">Tokens decoded.</param>
/// <param name="Seconds">Time from text to text, loading left out.</param>
/// <param name="SentencesPerSecond">Sentences a second.</param>
/// <param name="TokensPerSecond">Tokens a second.</param>
/// <param name="BleuMoses">BLEU of lower-cased Moses-style tokens.</param>
/// <param name="Bleu13a">BLEU of lower-cased 13a tokens.</param>
/// <param name="InstructionSet">What the kernels ran on.</param>
internal sealed record CorpusReport(
    int Sentences,
    long Tokens,
    double Seconds,
    double SentencesPerSecond,
    double TokensPerSecond,
    double BleuMoses,
    double Bleu13a,
    string InstructionSet)
{
    private const int WarmUpSentences = 50;

    /// <summary>Translates a corpus.</summary>
    /// <exception cref="UserErrorException">A sentence is too long, or there is none.</exception>
    public static CorpusReport Measure(string[] source, string[] reference)
    {
        using CorpusTranslator translator = new();
        foreach (string sentence in source.Take(WarmUpSentences))
        {
            translator.Translate(sentence);
        }

        long tokens = translator.Tokens;
        long started = Stopwatch.GetTimestamp();
        string[] translations = new string[source.Length];
        SlowLoop.Run(source.Length, "translating", index => translations[index] = translator.Translate(source[index]));
        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        tokens = translator.Tokens - tokens;
        return new(
            source.Length,
            tokens,
            Math.Round(seconds, 3),
            Math.Round(source.Length / seconds, 1),
            Math.Round(tokens / seconds, 1),
            Math.Round(Bleu.Score(translations, reference, MosesTokens.Of), 2),
            Math.Round(Bleu.Score(translations, reference, Mteval13aTokens.Of), 2),
            Simd.Path.ToString());
    }
}
