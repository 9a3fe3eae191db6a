using Formwork.Generator.Lowering.Reports;

namespace Formwork.Generator.Emission.Reports;

/// <summary>Prints a plan report twice: as Markdown for people, and the same facts as JSON for programs.</summary>
internal static class ReportEmission
{
    /// <summary>Prints both files.</summary>
    public static IEnumerable<GeneratedFile> Emit(PlanReport report)
    {
        // The whole name: two namespaces may each have a model of one name, and all reports of a project lie in one folder.
        string name = report.Plan.Type.FullName;
        return
        [
            ArtifactFile.Wrap(report.Plan, name + ".plan.md", MarkdownReport.Print(report)),
            ArtifactFile.Wrap(report.Plan, name + ".plan.json", JsonReport.Print(report)),
        ];
    }
}
