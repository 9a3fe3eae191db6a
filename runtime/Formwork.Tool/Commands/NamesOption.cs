using System.CommandLine;
using System.CommandLine.Parsing;
using Formwork.Weights;

namespace Formwork.Tool.Commands;

/// <summary>Options whose values are the members of an enumeration, written in small letters.</summary>
internal static class NamesOption
{
    /// <summary>Makes an option.</summary>
    public static Option<T?> Create<T>(string name, string description)
        where T : struct, Enum => new(name)
        {
            Description = $"{description}: {List<T>()}.",
            HelpName = typeof(T) == typeof(WeightType) ? "type" : "name",
            CustomParser = result => Parse<T>(name, result),
        };

    private static string List<T>()
        where T : struct, Enum => string.Join(", ", Enum.GetNames<T>().Select(static name => name.ToLowerInvariant()));

    private static T? Parse<T>(string name, ArgumentResult result)
        where T : struct, Enum
    {
        // Enum.TryParse takes numbers and lists too.
        string value = result.Tokens[0].Value;
        if (Enum.GetNames<T>().Contains(value, StringComparer.OrdinalIgnoreCase))
        {
            return Enum.Parse<T>(value, ignoreCase: true);
        }

        result.AddError($"{name} {WeightProblem.Quote(value)}: expected one of {List<T>()}");
        return null;
    }
}
