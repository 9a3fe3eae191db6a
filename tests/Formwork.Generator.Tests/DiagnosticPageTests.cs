using Formwork.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Formwork.Generator.Tests;

/// <summary>Every diagnostic has its page, its row in the table of pages and its row among the rules; and no page is of no diagnostic.</summary>
public class DiagnosticPageTests
{
    /// <summary>Warnings of the package's build targets, which have pages too.</summary>
    private static readonly string[] BuildWarnings = ["FW0401"];

    public static TheoryData<string> Ids => new(Descriptors.All.Select(static descriptor => descriptor.Id));

    private static string Folder => Formwork.Tests.RepositoryFolder.Get("docs", "diagnostics");

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_page_has_the_title_the_severity_and_an_example_with_the_id(string id)
    {
        DiagnosticDescriptor descriptor = Descriptors.ById(id);
        string page = File.ReadAllText(Path.Combine(Folder, id + ".md"));
        Assert.StartsWith($"# {id}: {descriptor.Title}\n\n**Severity:** {descriptor.DefaultSeverity}\n", page, StringComparison.Ordinal);
        Assert.Contains("\n## Cause\n", page, StringComparison.Ordinal);
        Assert.Contains("\n## What to do\n", page, StringComparison.Ordinal);
        Assert.Contains(id, page[(page.IndexOf('\n', StringComparison.Ordinal) + 1)..], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_tables_have_a_row(string id)
    {
        DiagnosticDescriptor descriptor = Descriptors.ById(id);
        string table = File.ReadAllText(Path.Combine(Folder, "..", "README.md"));
        Assert.Contains($"| [{id}](diagnostics/{id}.md) | {descriptor.DefaultSeverity} | {descriptor.Title} |\n", table, StringComparison.Ordinal);
        string rules = File.ReadAllText(Path.Combine(Formwork.Tests.RepositoryFolder.Get("generator", "Formwork.Generator"), "AnalyzerReleases.Unshipped.md"));
        Assert.Contains($"\n{id} | Formwork | {descriptor.DefaultSeverity} | ", rules, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_page_is_of_a_diagnostic() => Assert.Empty(Directory
        .EnumerateFiles(Folder)
        .Select(static path => Path.GetFileNameWithoutExtension(path)!)
        .Except(Descriptors.All.Select(static descriptor => descriptor.Id))
        .Except(BuildWarnings));
}
