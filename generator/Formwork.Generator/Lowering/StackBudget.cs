using System.Globalization;
using Formwork.Generator.Model;

namespace Formwork.Generator.Lowering;

/// <summary>Keeps the scratch of a chain of frames within the stack budget: the largest scratch of a chain that is over it moves to the state.</summary>
internal sealed class StackBudget(OptionSpec options)
{
    private readonly List<PlanIssue> _issues = [];

    /// <summary>What was moved, or could not be.</summary>
    public IReadOnlyList<PlanIssue> Issues => _issues;

    /// <summary>Decides where the scratch of frames that call each other lives.</summary>
    /// <param name="frames">The scratch of each frame of the chain.</param>
    public IReadOnlyList<ScratchPlan> Fit(params ScratchPlan[] frames)
    {
        while (Bytes(frames) > options.StackBudget && frames.Any(static frame => frame.OnStack))
        {
            ScratchPlan largest = frames.Where(static frame => frame.OnStack).OrderByDescending(static frame => frame.Memory.Length).First();
            MemorySlot slot = largest.Memory.Slots.OrderByDescending(static slot => slot.Length.Value).First();
            _issues.Add(new(
                options.StackOnly ? "FW0302" : "FW0301",
                new([largest.Name, Text(Bytes(largest)), slot.Name, Text(slot.Length.Value * sizeof(float)), Text(Bytes(frames)), Text(options.StackBudget)])));
            frames = frames.Select(frame => frame == largest ? frame with { OnStack = false } : frame).ToArray();
        }

        return frames;
    }

    /// <summary>Checks that the state fits the budget too, where it must live on the stack.</summary>
    public void CheckState(long stackBytes, long stateBytes, MemoryPlan state)
    {
        if (options.StackOnly && _issues.Count == 0 && stackBytes + stateBytes > options.StackBudget)
        {
            MemorySlot slot = state.Slots.OrderByDescending(static slot => slot.Length.Value).First();
            _issues.Add(new(
                "FW0302",
                new(["state", Text(stateBytes), slot.Name, Text(slot.Length.Value * sizeof(float)), Text(stackBytes + stateBytes), Text(options.StackBudget)])));
        }
    }

    /// <summary>Bytes of stack that the frames take together.</summary>
    public static long Bytes(IEnumerable<ScratchPlan> frames) => frames.Where(static frame => frame.OnStack).Sum(Bytes);

    private static long Bytes(ScratchPlan frame) => frame.Memory.Length * sizeof(float);

    private static string Text(long bytes) => bytes.ToString(CultureInfo.InvariantCulture);
}
