using System.Text.Json.Serialization;

namespace Formwork.Benchmarks.Accuracy;

/// <summary>What a choice of weight types costs in accuracy.</summary>
/// <param name="Model">The model.</param>
/// <param name="Weights">The weight types.</param>
/// <param name="WeightBytes">Bytes of the packed weights.</param>
/// <param name="Outputs">Sentences or words.</param>
/// <param name="SamePercent">Outputs that are, id for id, those of 32-bit floats.</param>
/// <param name="BleuMoses">BLEU of lower-cased Moses-style tokens, of a translator.</param>
/// <param name="Bleu13a">BLEU of lower-cased 13a tokens, of a translator.</param>
/// <param name="ExactWords">Words whose ids are those that a double-precision implementation chose, where they are recorded.</param>
/// <param name="Logits">Logits against those of 32-bit floats.</param>
internal sealed record AccuracyReport(
    string Model,
    string Weights,
    long WeightBytes,
    int Outputs,
    double SamePercent,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? BleuMoses,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Bleu13a,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? ExactWords,
    LogitErrorReport Logits)
{
    /// <summary>The report of a translator.</summary>
    public static AccuracyReport OfTranslator(string model, ComparedVariant variant, double bleuMoses, double bleu13a) =>
        Of(model, variant) with { BleuMoses = Math.Round(bleuMoses, 2), Bleu13a = Math.Round(bleu13a, 2) };

    /// <summary>The report of a model whose right outputs are recorded.</summary>
    public static AccuracyReport OfWords(string model, ComparedVariant variant, int exact) => Of(model, variant) with { ExactWords = exact };

    private static AccuracyReport Of(string model, ComparedVariant variant) => new(
        model,
        variant.Variant.Weights,
        variant.Variant.WeightBytes,
        variant.Outputs.Count,
        Math.Round(100.0 * variant.Same / variant.Outputs.Count, 2),
        BleuMoses: null,
        Bleu13a: null,
        ExactWords: null,
        variant.Errors.ToReport());
}
