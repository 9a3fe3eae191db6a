using System.Text;
using Formwork.Generator.Lowering.Reports;
using Formwork.Generator.Model;
using static Formwork.Generator.Emission.Reports.Number;

namespace Formwork.Generator.Emission.Reports;

/// <summary>Prints a plan report as Markdown.</summary>
internal static class MarkdownReport
{
    /// <summary>Prints it.</summary>
    public static string Print(PlanReport report)
    {
        var text = new StringBuilder();
        text.Append($"# Plan of {report.Plan.Type.FullName}\n\n");
        text.Append($"What `{report.Plan.Declaration}` takes and does, worked out when it was compiled; nothing here was measured.\n\n");
        Shape(text, report.Plan.Spec);
        Memory(text, report);
        Weights(text, report.Weights);
        State(text, report.State);
        Scratch(text, report.Scratches);
        WorkSection.Print(text, report.Work);
        SpeedSection.Print(text, report.Speed);
        return text.ToString();
    }

    private static void Shape(StringBuilder text, TransformerSpec spec)
    {
        StackSpec encoder = spec.Encoder;
        StackSpec decoder = spec.Decoder;
        text.Append("## Shape\n\n");
        new MarkdownTable(string.Empty, ">encoder", ">decoder")
            .Row("layers", Grouped(encoder.Layers), Grouped(decoder.Layers))
            .Row("width", Grouped(encoder.ModelDim), Grouped(decoder.ModelDim))
            .Row("heads × width of one", $"{encoder.Heads} × {encoder.HeadDim}", $"{decoder.Heads} × {decoder.HeadDim}")
            .Row("feed-forward", Grouped(encoder.FeedForwardDim), Grouped(decoder.FeedForwardDim))
            .Row("token ids", Grouped(spec.SourceVocabSize), Grouped(spec.TargetVocabSize))
            .Row("most tokens", Grouped(encoder.MaxLength), Grouped(decoder.MaxLength))
            .WriteTo(text);
        string placement = spec.Norm.Placement == NormPlacement.After ? "after each residual" : "before each sub-layer";
        text.Append($"{(spec.Norm.Kind == NormKind.RmsNorm ? "RMS norms" : "Norms")} {placement}{(spec.Norm.Embedding ? ", on the embeddings" : string.Empty)}{(spec.Norm.Final ? ", after each stack" : string.Empty)}; ");
        text.Append($"positions {spec.Positions.Encoding}; activation {spec.FeedForward.Activation}{(spec.FeedForward.Gated ? ", gated" : string.Empty)}; output {(spec.Embedding.TieOutput ? "tied to the embedding" : "a matrix of its own")}; ");
        text.Append(spec.Options.CrossAttention ? "cross-attention in every decoder layer.\n\n" : "cross-attention cut out.\n\n");
    }

    private static void Memory(StringBuilder text, PlanReport report)
    {
        text.Append("## Memory\n\n");
        var table = new MarkdownTable("what", ">bytes", ">budget", ">used");
        foreach (BudgetReport line in report.Budgets)
        {
            table.Row(line.Name, Grouped(line.Bytes), line.Budget is { } budget ? Grouped(budget) : "none", line.Budget is > 0 and { } whole ? Share(line.Bytes, whole) : string.Empty);
        }

        table.WriteTo(text);
        text.Append("Weights are there once, whatever the number of threads; a state for each sequence that is decoded at the same time. ");
        text.Append(report.Plan.Spec.Options.StackOnly ? "The stack holds the state too (`StackOnly`). " : string.Empty);
        text.Append("The stack is that of the longest chain of generated calls; the kernels below it take at most 48 KiB more.\n\n");
    }

    private static void Weights(StringBuilder text, WeightReport weights)
    {
        text.Append("## Weights\n\n");
        text.Append($"{Grouped(weights.Parameters)} parameters in {Grouped(weights.Tensors)} tensors, packed into {Grouped(weights.Bytes)} bytes.\n\n");
        var types = new MarkdownTable("type", ">regions", ">bytes", ">share");
        foreach (TypeTotal total in weights.Types)
        {
            types.Row(total.Type.ToString(), Grouped(total.Regions), Grouped(total.Bytes), Share(total.Bytes, weights.Bytes));
        }

        types.WriteTo(text);
        var regions = new MarkdownTable("region", "shape", "type", ">bytes", ">share", "tensors of the file");
        foreach (RegionReport region in weights.Regions)
        {
            regions.Row(
                region.Name,
                region.Shape,
                region.Type.ToString(),
                Grouped(region.Bytes),
                Share(region.Bytes, weights.Bytes),
                string.Join(", ", region.Tensors.Select(static names => $"`{names[0]}`")));
        }

        regions.WriteTo(text);
    }

    private static void State(StringBuilder text, StateReport state)
    {
        text.Append("## State\n\n");
        text.Append($"Side by side the slots would take {Grouped(state.SlotBytes)} bytes. Those never needed together share memory: a state takes {Grouped(state.Bytes)}, its header of {state.HeaderBytes} included.\n\n");
        var table = new MarkdownTable("slot", ">offset", ">bytes", "needed");
        foreach (StateSlotReport slot in state.Slots)
        {
            table.Row(slot.Slot.Name, Grouped(slot.Slot.Offset), Grouped(slot.Slot.Bytes), slot.First == slot.Last ? Phase(slot.First) : $"{Phase(slot.First)} to {Phase(slot.Last)}");
        }

        table.WriteTo(text);
    }

    private static string Phase(StatePhase phase) => phase switch
    {
        StatePhase.Encode => "encode",
        StatePhase.CrossCache => "cross cache",
        _ => "decode",
    };

    private static void Scratch(StringBuilder text, IEnumerable<ScratchReport> scratches)
    {
        text.Append("## Scratch\n\n");
        text.Append("Memory of one call. Operations count from 0 in the order of the generated method; slots whose operations do not overlap may share memory.\n\n");
        foreach (ScratchReport scratch in scratches)
        {
            text.Append($"### {scratch.Name}, {(scratch.OnStack ? "on the stack" : "in the state")}: {Grouped(scratch.Bytes)} bytes\n\n");
            var table = new MarkdownTable("slot", ">offset", ">bytes", "operations");
            foreach (SlotReport slot in scratch.Slots)
            {
                table.Row(slot.Name, Grouped(slot.Offset), Grouped(slot.Bytes), slot.FirstUse == slot.LastUse ? $"{slot.FirstUse}" : $"{slot.FirstUse} to {slot.LastUse}");
            }

            table.WriteTo(text);
        }
    }
}
