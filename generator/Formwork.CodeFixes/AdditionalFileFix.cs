using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace Formwork.CodeFixes;

#pragma warning disable RS1035 // the compiler never runs this: an editor's fix may look at the disk, as a generator may not

/// <summary>FW0201: adds the named file to the project's <c>AdditionalFiles</c>, where it lies beside the declaration or below the project's folder.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AdditionalFileFix))]
[Shared]
public sealed class AdditionalFileFix : CodeFixProvider
{
    private const string Id = "FW0201";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Id];

    /// <summary>None: a declaration names one file or two.</summary>
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (FixProperties.Value(diagnostic, "File") is { } name && Find(context.Document, name) is { } path)
            {
                context.RegisterCodeFix(CodeAction.Create($"Add '{name}' to the project's AdditionalFiles", _ => Task.FromResult(Add(context.Document.Project, path)), $"{Id} {name}"), diagnostic);
            }
        }

        return Task.CompletedTask;
    }

    private static string? Find(Document document, string name)
    {
        try
        {
            return new[] { document.FilePath, document.Project.FilePath }
                .Select(Path.GetDirectoryName)
                .Where(static folder => !string.IsNullOrEmpty(folder))
                .Select(folder => Path.GetFullPath(Path.Combine(folder, name)))
                .FirstOrDefault(File.Exists);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException or PathTooLongException)
        {
            // The declaration's string is no path.
            return null;
        }
    }

    private static Solution Add(Project project, string path)
    {
        using FileStream stream = File.OpenRead(path);
        return project.Solution.AddAdditionalDocument(DocumentId.CreateNewId(project.Id), Path.GetFileName(path), SourceText.From(stream), filePath: path);
    }
}
