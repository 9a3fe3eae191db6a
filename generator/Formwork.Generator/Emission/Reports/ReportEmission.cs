using Formwork.Generator.Lowering.Reports;

namespace Formwork.Generator.Emission.Reports;

/// <summary>Prints a plan report twice: as Markdown for people, and the same facts as JSON for programs.</summary>
internal static class ReportEmission
{
    /// <summary>Prints both files.</summary>
    public static IEnumerable<GeneratedFile> Emit(PlanReport report)
    {
        string name = report.Plan.Type.Name.TrimStart('@');
        return
        [
            ArtifactFile.Wrap(report.Plan, name + ".plan.md", MarkdownReport.Print(report)),
            ArtifactFile.Wrap(report.Plan, name + ".plan.json", JsonReport.Print(report)),
        ];
    }
}
