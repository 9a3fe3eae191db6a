using System.CommandLine;
using System.CommandLine.Parsing;
using Formwork.Weights;

namespace Formwork.Tool.Commands;

/// <summary>An option whose value is a <see cref="WeightType"/>.</summary>
internal static class WeightTypeOption
{
    private static readonly string[] Names = [.. Enum.GetNames<WeightType>().Select(static name => name.ToLowerInvariant())];

    /// <summary>Makes the option.</summary>
    public static Option<WeightType?> Create(string name, string description) => new(name)
    {
        Description = $"{description}: {string.Join(", ", Names)}.",
        HelpName = "type",
        CustomParser = result => Parse(name, result),
    };

    private static WeightType? Parse(string name, ArgumentResult result)
    {
        string value = result.Tokens[0].Value;
        if (Names.Contains(value.ToLowerInvariant()))
        {
            return Enum.Parse<WeightType>(value, ignoreCase: true);
        }

        result.AddError($"{name} {WeightProblem.Quote(value)}: there is no such weight type, only {string.Join(", ", Names)}");
        return null;
    }
}
