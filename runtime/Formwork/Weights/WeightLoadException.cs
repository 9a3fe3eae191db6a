using System.Text;

namespace Formwork.Weights;

/// <summary>
/// The one exception that reading weights throws, whatever bytes it was given. Its message is a paragraph for a person: the file, the
/// tensor, what was found, what was expected and what to do. Its properties are the same for a program.
/// </summary>
public sealed class WeightLoadException : Exception
{
    // A file of another model differs in hundreds of tensors; a few of them tell the story.
    private const int ListedProblems = 6;

    internal WeightLoadException(string source, WeightProblem problem, IReadOnlyList<WeightProblem> others, Exception? inner = null)
        : base(Compose(source, problem, others), inner)
    {
        Code = problem.Code;
        Tensor = problem.Tensor;
        Offset = problem.Offset;
        Expected = problem.Expected;
        Found = problem.Found;
    }

    /// <summary>Which failure it is; the first, where the file has several.</summary>
    public WeightLoadError Code { get; }

    /// <summary>The name of the tensor concerned, as the file or the model has it, or null where the failure concerns none.</summary>
    public string? Tensor { get; }

    /// <summary>The place of the failure in bytes from the start of the file, or null where it has none.</summary>
    public long? Offset { get; }

    /// <summary>What should have been found, in a few words, or null.</summary>
    public string? Expected { get; }

    /// <summary>What was found, in a few words, or null.</summary>
    public string? Found { get; }

    private static string Compose(string source, WeightProblem problem, IReadOnlyList<WeightProblem> others)
    {
        var text = new StringBuilder($"Cannot load {source}: {problem.Summary}. {problem.Advice}");
        if (others.Count > 0)
        {
            text.Append($" Further problems ({others.Count}): ");
            text.AppendJoin("; ", others.Take(ListedProblems).Select(other => other.Summary));
            text.Append(others.Count > ListedProblems ? $"; and {others.Count - ListedProblems} more." : ".");
        }
        return text.ToString();
    }
}
