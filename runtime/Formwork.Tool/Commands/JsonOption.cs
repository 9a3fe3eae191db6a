using System.CommandLine;

namespace Formwork.Tool.Commands;

/// <summary><c>--json</c>, which every command has.</summary>
internal static class JsonOption
{
    /// <summary>Makes the option.</summary>
    public static Option<bool> Create() => new("--json") { Description = "Write the result as one JSON document to standard output, and nothing else there." };
}
