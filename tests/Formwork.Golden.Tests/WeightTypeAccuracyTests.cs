using Formwork.Benchmarks.Accuracy;
using Formwork.Benchmarks.Corpus;
using Formwork.Benchmarks.Trained;

namespace Formwork.Golden.Tests;

/// <summary>
/// Every weight type loses no more than when it was last measured (docs/performance.md), with a margin for kernels whose sums are rounded
/// differently. What is measured is what the benchmarks' accuracy command reports.
/// </summary>
public static class WeightTypeAccuracyTests
{
    /// <summary>The Translate sample's model on Multi30k.</summary>
    public class Translation(Translation.Measured measured) : IClassFixture<Translation.Measured>
    {
        [SkippableTheory]
        [InlineData("bfloat16", 97.5, 59.4, 0.1, 0.0035)]
        [InlineData("float16", 100, 59.57, 0, 0)]
        [InlineData("int8", 92.5, 59.3, 0.8, 0.021)]
        [InlineData("int4", 67, 59.0, 4.5, 0.165)]
        public void A_weight_type_keeps_its_accuracy(string weights, double samePercent, double bleu, double maxError, double meanError)
        {
            AccuracyReport report = measured.Report(weights);
            Assert.Equal(1000, report.Outputs);
            Assert.InRange(report.SamePercent, samePercent, 100);
            Assert.InRange(report.BleuMoses!.Value, bleu, 62);
            Assert.InRange(report.Logits.Max, 0, maxError);
            Assert.InRange(report.Logits.Mean, 0, meanError);
        }

        /// <summary>The measurement, which all types share.</summary>
        public class Measured
        {
            private readonly Lazy<IReadOnlyList<AccuracyReport>> _reports = new(static () => TranslationAccuracy.Measure(
                RepositoryFolder.Get("samples", "Translate", "model"),
                new(CorpusFile.Read(SharedFolder.File("data", "multi30k", "test_2016_flickr.en.gz")), CorpusFile.Read(SharedFolder.File("data", "multi30k", "test_2016_flickr.fr.gz"))),
                EnglishToFrenchModels.Model.Uniform.Skip(1)));

            internal AccuracyReport Report(string weights) => _reports.Value.Single(report => report.Weights == weights);
        }
    }

    /// <summary>The published grapheme-to-phoneme model on its words.</summary>
    public class Words(Words.Measured measured) : IClassFixture<Words.Measured>
    {
        [SkippableTheory]
        [InlineData("bfloat16", 1994, 0.2, 0.012)]
        [InlineData("float16", 1999, 0.03, 0.0016)]
        [InlineData("int8", 1930, 2, 0.13)]
        [InlineData("int4", 1680, 25, 0.83)]
        public void A_weight_type_keeps_its_accuracy(string weights, int exact, double maxError, double meanError)
        {
            AccuracyReport report = measured.Report(weights);
            Assert.Equal(2000, report.Outputs);
            Assert.InRange(report.ExactWords!.Value, exact, 2000);
            Assert.InRange(report.Logits.Max, 0, maxError);
            Assert.InRange(report.Logits.Mean, 0, meanError);
        }

        /// <summary>The measurement, which all types share.</summary>
        public class Measured
        {
            private readonly Lazy<IReadOnlyList<AccuracyReport>> _reports = new(static () => WordAccuracy.Measure(
                Path.GetDirectoryName(SharedFolder.File("models", "bart-g2p", "model.safetensors"))!,
                Path.Combine(RepositoryFolder.Get("tests", "Formwork.Golden.Tests", "goldens"), "bart-g2p.json"),
                GraphemeToPhonemeModels.Model.Uniform.Skip(1)));

            internal AccuracyReport Report(string weights) => _reports.Value.Single(report => report.Weights == weights);
        }
    }
}
