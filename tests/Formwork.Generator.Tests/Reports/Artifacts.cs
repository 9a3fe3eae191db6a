using Formwork.Generator.Emission;
using Formwork.Generator.Tests.Harness;

namespace Formwork.Generator.Tests.Reports;

/// <summary>Texts that are no C#, taken back out of the generated files that carry them.</summary>
internal static class Artifacts
{
    /// <summary>What a build that asks for reports sets.</summary>
    public static BuildInputs ReportsOn { get; } = BuildInputs.None.WithProperty("FormworkReport", "true");

    /// <summary>The plan report of a source's model.</summary>
    /// <param name="source">A source with one model.</param>
    /// <param name="extension"><c>md</c> or <c>json</c>.</param>
    /// <param name="inputs">What the build hands over; the default asks for reports and no more.</param>
    public static string Report(string source, string extension, BuildInputs? inputs = null) =>
        Unwrap(GeneratorHarness.Generate(source, inputs ?? ReportsOn).Single(file => file.Key.EndsWith($".plan.{extension}.g.cs", StringComparison.Ordinal)).Value);

    /// <summary>The text inside a generated file, as the build writes it.</summary>
    public static string Unwrap(string file) => string.Concat(file
        .Split('\n')
        .Where(static line => line.StartsWith(ArtifactFile.Prefix.TrimEnd(), StringComparison.Ordinal))
        .Select(static line => (line.Length > ArtifactFile.Prefix.Length ? line[ArtifactFile.Prefix.Length..] : string.Empty) + "\n"));
}
