using System.Text;
using Formwork.Generator.Lowering.Reports;
using static Formwork.Generator.Emission.Reports.Number;

namespace Formwork.Generator.Emission.Reports;

/// <summary>Prints what a model computes and reads.</summary>
internal static class WorkSection
{
    private const string Nothing = "–";

    /// <summary>Prints it.</summary>
    public static void Print(StringBuilder text, WorkReport work)
    {
        text.Append("## Work\n\n");
        text.Append("Attention is counted at the longest source and target; for shorter ones it is less in proportion.\n\n");
        new MarkdownTable("multiply-adds", ">a source token", ">a target token")
            .Row("projections", Grouped(work.Encode.Projections), Grouped(work.Step.Projections))
            .Row("attention", Grouped(work.Encode.Attention), Grouped(work.Step.Attention))
            .Row("keys and values for cross-attention", work.CrossCache.Projections > 0 ? Grouped(work.CrossCache.Projections) : Nothing, Nothing)
            .Row("logits", Nothing, Grouped(work.Step.Logits))
            .Row("together", Grouped(work.Source.MultiplyAdds), Grouped(work.Step.MultiplyAdds))
            .WriteTo(text);
        new MarkdownTable("bytes read", ">a source", ">a target token")
            .Row("weights", Grouped(work.Source.WeightBytes), Grouped(work.Step.WeightBytes))
            .Row("attention caches", Nothing, Grouped(work.CacheBytes))
            .Row("together", Grouped(work.Source.WeightBytes), Grouped(work.StepBytes))
            .Row("floating-point operations a byte", Measure(work.SourceIntensity), Measure(work.StepIntensity))
            .WriteTo(text);
        text.Append("A source reads its weights once for all of its tokens, a target reads its own for each of them. ");
        text.Append("Activations and the encoder's own keys and values are left out: they are small, and lie in the processor's caches.\n\n");
    }
}
