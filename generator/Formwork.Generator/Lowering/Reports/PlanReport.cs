using Formwork.Generator.Model;

namespace Formwork.Generator.Lowering.Reports;

/// <summary>The facts of a plan, for a person to read and a program to compare.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Budgets">Weights, state, batch and stack beside their budgets.</param>
/// <param name="Weights">Where the bytes of the weights go.</param>
/// <param name="State">Where the bytes of a state go.</param>
/// <param name="Scratches">The scratch of the decoder's methods.</param>
/// <param name="Work">What is computed and read for each token.</param>
/// <param name="Speed">How fast that can be.</param>
internal sealed record PlanReport(
    ExecutionPlan Plan,
    EquatableArray<BudgetReport> Budgets,
    WeightReport Weights,
    StateReport State,
    EquatableArray<ScratchReport> Scratches,
    WorkReport Work,
    SpeedReport Speed)
{
    /// <summary>Works the facts out.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="report">What the build asks for.</param>
    public static PlanReport Of(ExecutionPlan plan, ReportSpec report)
    {
        OptionSpec options = plan.Spec.Options;
        MemoryNeed need = MemoryNeed.Of(plan.Spec);
        long stackBytes = StackBudget.Bytes(need.Scratches) + (options.StackOnly ? need.StateBytes : 0);
        var work = Count(plan);
        return new(
            plan,
            new(
            [
                new("weights", need.Weights.Length, "WeightBudget", options.WeightBudget),
                new("state", need.StateBytes, "StateBudget", options.StateBudget),
                .. need.Batch is null ? [] : new[] { new BudgetReport("batch", need.BatchBytes, "StateBudget", options.StateBudget) },
                new("stack", stackBytes, "StackBudget", options.StackBudget),
            ]),
            WeightReport.Of(plan.Weights),
            StateReport.Of(plan.State, need.StateBytes),
            new(plan.Scratches.Where(static scratch => scratch.Memory.Slots.Count > 0).Select(static scratch => new ScratchReport(
                scratch.Name, scratch.OnStack, scratch.Memory.Length * sizeof(float), new(SlotReport.Of(scratch.Memory, start: 0))))),
            work,
            SpeedReport.Of(work, report.Bandwidth));
    }

    private static WorkReport Count(ExecutionPlan plan)
    {
        var count = new WorkCount(plan);
        long source = plan.Spec.Encoder.MaxLength;
        return new(
            count.Of(plan.Encoder[plan.Encoder.Count - 1], source),
            plan.CrossCache is { } crossCache ? count.Of(crossCache, source) : WorkTotal.None,
            count.Of(plan.Stepping("DecodeStep"), rows: 1),
            source);
    }
}
