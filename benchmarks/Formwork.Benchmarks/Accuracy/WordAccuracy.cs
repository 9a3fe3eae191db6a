using Formwork.Benchmarks.Corpus;
using Formwork.Benchmarks.Trained;

namespace Formwork.Benchmarks.Accuracy;

/// <summary>Weight types of the published grapheme-to-phoneme model on the words whose results are recorded.</summary>
internal static class WordAccuracy
{
    /// <summary>Spells every word with each weight type.</summary>
    /// <param name="folder">The model's folder.</param>
    /// <param name="goldens">The recorded results.</param>
    /// <param name="variants">The weight types.</param>
    public static IReadOnlyList<AccuracyReport> Measure(string folder, string goldens, IEnumerable<ModelVariant> variants)
    {
        TrainedModel model = GraphemeToPhonemeModels.Model;
        RecordedWords words = RecordedWords.Read(folder, goldens);
        using Comparison comparison = new(model, Path.Combine(folder, "model.safetensors"), variants);
        SlowLoop.Run(words.Sources.Length, model.Name, index => comparison.Add(words.Sources[index]));
        return [.. comparison.Variants.Select(variant => AccuracyReport.OfWords(
            model.Name,
            variant,
            variant.Outputs.Zip(words.Expected).Count(static pair => pair.First.AsSpan().SequenceEqual(pair.Second))))];
    }
}
