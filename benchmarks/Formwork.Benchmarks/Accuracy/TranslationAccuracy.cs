using Formwork.Benchmarks.Corpus;
using Formwork.Benchmarks.Trained;

namespace Formwork.Benchmarks.Accuracy;

/// <summary>Weight types of the Translate sample's model on a corpus.</summary>
internal static class TranslationAccuracy
{
    /// <summary>Translates a corpus with each weight type.</summary>
    /// <param name="folder">The folder of the model's files.</param>
    /// <param name="corpus">The corpus.</param>
    /// <param name="variants">The weight types.</param>
    /// <exception cref="UserErrorException">A sentence is too long.</exception>
    public static IReadOnlyList<AccuracyReport> Measure(string folder, ParallelCorpus corpus, IEnumerable<ModelVariant> variants)
    {
        TrainedModel model = EnglishToFrenchModels.Model;
        EnglishToFrenchText text = new(folder);
        int[][] sources = [.. corpus.English.Select(text.Source)];
        using Comparison comparison = new(model, Path.Combine(folder, "model.safetensors"), variants);
        SlowLoop.Run(sources.Length, model.Name, index => comparison.Add(sources[index]));
        return [.. comparison.Variants.Select(variant =>
        {
            string[] translations = [.. variant.Outputs.Select(ids => text.Target(ids))];
            return AccuracyReport.OfTranslator(
                model.Name,
                variant,
                Bleu.Score(translations, corpus.French, MosesTokens.Of),
                Bleu.Score(translations, corpus.French, Mteval13aTokens.Of));
        })];
    }
}
