using System.IO.Enumeration;
using Formwork.Weights;

namespace Formwork.Tool.Inspection;

/// <summary>Chooses tensors by a pattern with <c>*</c> and <c>?</c>.</summary>
internal static class TensorFilter
{
    /// <summary>The tensors that a pattern matches, or all.</summary>
    /// <exception cref="ToolException">It matches none.</exception>
    public static IReadOnlyList<SafetensorsTensor> Apply(ITensorSet file, string? pattern)
    {
        if (pattern is null)
        {
            return file.Tensors;
        }

        SafetensorsTensor[] matches = [.. file.Tensors.Where(tensor => FileSystemName.MatchesSimpleExpression(pattern, tensor.Name, ignoreCase: false))];
        if (matches.Length > 0)
        {
            return matches;
        }

        string? closest = ClosestName.Find(pattern, file.Tensors.Select(static tensor => tensor.Name));
        string hint = closest is null ? "" : $"; the closest name is {WeightProblem.Quote(closest)}";
        throw ToolException.Usage($"no tensor's name matches --tensor {WeightProblem.Quote(pattern)}{hint}; * stands for any characters and ? for one");
    }
}
