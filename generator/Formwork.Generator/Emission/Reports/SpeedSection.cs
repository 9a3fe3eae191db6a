using System.Text;
using Formwork.Generator.Lowering.Reports;
using static Formwork.Generator.Emission.Reports.Number;

namespace Formwork.Generator.Emission.Reports;

/// <summary>Prints how fast a model can be at most.</summary>
internal static class SpeedSection
{
    /// <summary>Prints it.</summary>
    public static void Print(StringBuilder text, SpeedReport speed)
    {
        text.Append("## Speed at most\n\n");
        text.Append("Two bounds for one sequence at a time; the lower one holds. Where weights come from memory, a step takes at least its bytes divided by the bandwidth:\n\n");
        var memory = new MarkdownTable(">GB/s", ">target tokens/s, caches empty", ">at full lengths");
        foreach (MemoryBound bound in speed.Memory)
        {
            memory.Row(Plain(bound.Bandwidth), Measure(bound.FirstTokens), Measure(bound.FullTokens));
        }

        memory.WriteTo(text);
        text.Append("And it takes at least its operations divided by what the processor does in a second, two for a multiply-add:\n\n");
        var arithmetic = new MarkdownTable(">GFLOP/s", ">target tokens/s at full lengths", ">ms for the longest source");
        foreach (ArithmeticBound bound in speed.Arithmetic)
        {
            arithmetic.Row(Plain(bound.Operations), Measure(bound.FullTokens), Measure(bound.SourceMilliseconds));
        }

        arithmetic.WriteTo(text);
        text.Append("What the bounds leave out: norms, softmax, activations, the choice of the token and the calls themselves, which decide where the model is small. ");
        text.Append("Weights that fit the processor's caches arrive faster than memory's bandwidth, so such a model can exceed the first bound, with the caches' bandwidth in its place. ");
        text.Append("Several sequences decoded together share one read of the weights: the first bound then counts steps, not tokens.\n");
    }
}
