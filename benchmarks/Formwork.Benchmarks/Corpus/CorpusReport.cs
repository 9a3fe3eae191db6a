using Formwork.Kernels;

namespace Formwork.Benchmarks.Corpus;

/// <summary>What came of translating a corpus.</summary>
/// <param name="Weights">The weight type.</param>
/// <param name="Threads">Threads that a sentence is computed on.</param>
/// <param name="Batch">Sentences handed over at once.</param>
/// <param name="Beams">Beams that each sentence is searched with; 1 for greedy decoding.</param>
/// <param name="Sentences">Sentences translated.</param>
/// <param name="Tokens">Tokens decoded.</param>
/// <param name="Seconds">Time from text to text, loading left out.</param>
/// <param name="SentencesPerSecond">Sentences a second.</param>
/// <param name="TokensPerSecond">Tokens a second.</param>
/// <param name="BleuMoses">BLEU of lower-cased Moses-style tokens.</param>
/// <param name="Bleu13a">BLEU of lower-cased 13a tokens.</param>
/// <param name="WeightBytes">Bytes of the packed weights.</param>
/// <param name="InstructionSet">What the kernels ran on.</param>
internal sealed record CorpusReport(
    string Weights,
    int Threads,
    int Batch,
    int Beams,
    int Sentences,
    long Tokens,
    double Seconds,
    double SentencesPerSecond,
    double TokensPerSecond,
    double BleuMoses,
    double Bleu13a,
    long WeightBytes,
    string InstructionSet)
{
    /// <summary>The report of somebody who has translated the corpus.</summary>
    public static CorpusReport Of(CorpusTranslator translator, int threads, int batch, string[] translations, string[] reference)
    {
        double seconds = translator.Time.TotalSeconds;
        return new(
            translator.Variant.Weights,
            threads,
            batch,
            translator.Beams,
            translations.Length,
            translator.Tokens,
            Math.Round(seconds, 3),
            Math.Round(translations.Length / seconds, 1),
            Math.Round(translator.Tokens / seconds, 1),
            Math.Round(Bleu.Score(translations, reference, MosesTokens.Of), 2),
            Math.Round(Bleu.Score(translations, reference, Mteval13aTokens.Of), 2),
            translator.Variant.WeightBytes,
            Simd.Path.ToString());
    }
}
