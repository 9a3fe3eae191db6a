using System.Collections.Immutable;
using Formwork.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Formwork.CodeFixes.Tests;

/// <summary>A project as an editor has it open: it asks the generator for diagnostics and a provider for fixes, and applies them.</summary>
internal sealed class Editor : IDisposable
{
    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(static path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Append(typeof(TransformerAttribute).Assembly.Location)
            .Distinct()
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    private readonly AdhocWorkspace _workspace = new();
    private readonly ProjectId _project = ProjectId.CreateNewId();
    private readonly CodeFixProvider _provider;

    /// <summary>Opens source files.</summary>
    /// <param name="provider">Whose fixes are asked for.</param>
    /// <param name="folder">The folder in which the files would lie.</param>
    /// <param name="sources">Their texts.</param>
    public Editor(CodeFixProvider provider, string folder, params string[] sources)
    {
        _provider = provider;
        Solution solution = _workspace.CurrentSolution
            .AddProject(ProjectInfo.Create(
                _project,
                VersionStamp.Default,
                "Tested",
                "Tested",
                LanguageNames.CSharp,
                Path.Combine(folder, "Tested.csproj"),
                compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary),
                parseOptions: CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.CSharp13)))
            .AddMetadataReferences(_project, References);
        for (int index = 0; index < sources.Length; index++)
        {
            solution = solution.AddDocument(DocumentId.CreateNewId(_project), $"File{index}.cs", SourceText.From(sources[index]), filePath: Path.Combine(folder, $"File{index}.cs"));
        }

        Assert.True(_workspace.TryApplyChanges(solution));
    }

    /// <summary>The project as it is now.</summary>
    public Project Project => _workspace.CurrentSolution.GetProject(_project)!;

    /// <summary>The texts as they are now.</summary>
    public IEnumerable<string> Texts => Project.Documents.Select(static document => document.GetTextAsync().Result.ToString());

    /// <summary>What the generator reports, in the order of the source.</summary>
    public async Task<Diagnostic[]> DiagnosticsAsync()
    {
        Compilation compilation = (await Project.GetCompilationAsync())!;
        IEnumerable<AdditionalText> files = Project.AdditionalDocuments.Select(static document => new ProjectFile(document));
        CSharpGeneratorDriver.Create([new TransformerGenerator().AsSourceGenerator()], files, (CSharpParseOptions)Project.ParseOptions!)
            .RunGeneratorsAndUpdateCompilation(compilation, out _, out ImmutableArray<Diagnostic> diagnostics);
        return [.. diagnostics.OrderBy(static diagnostic => diagnostic.Location.SourceTree?.FilePath, StringComparer.Ordinal).ThenBy(static diagnostic => diagnostic.Location.SourceSpan.Start)];
    }

    /// <summary>What the editor's menu offers at the first diagnostic of an id; diagnostics of one place come together, as in an editor.</summary>
    public async Task<List<CodeAction>> ActionsAsync(string id, int place = 0)
    {
        IGrouping<Location, Diagnostic> group = (await DiagnosticsAsync()).Where(diagnostic => diagnostic.Id == id).GroupBy(static diagnostic => diagnostic.Location).ElementAt(place);
        List<CodeAction> actions = [];
        Document document = Project.GetDocument(group.Key.SourceTree)!;
        await _provider.RegisterCodeFixesAsync(new(document, group.Key.SourceSpan, [.. group], (action, _) => actions.Add(action), CancellationToken.None));
        return actions;
    }

    /// <summary>Chooses an action of the menu.</summary>
    public async Task ApplyAsync(CodeAction action)
    {
        foreach (ApplyChangesOperation operation in (await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>())
        {
            Assert.True(_workspace.TryApplyChanges(operation.ChangedSolution));
        }
    }

    /// <summary>Chooses the one action that there is.</summary>
    public async Task ApplyAsync(string id) => await ApplyAsync(Assert.Single(await ActionsAsync(id)));

    /// <summary>Fixes all diagnostics of an id together.</summary>
    public async Task ApplyToAllAsync(string id, FixAllScope scope, string key)
    {
        Diagnostic[] all = [.. (await DiagnosticsAsync()).Where(diagnostic => diagnostic.Id == id)];
        FixAllContext context = new(Project.Documents.First(), _provider, scope, key, [id], new Reported(all), CancellationToken.None);
        await ApplyAsync((await _provider.GetFixAllProvider()!.GetFixAsync(context))!);
    }

    public void Dispose() => _workspace.Dispose();

    /// <summary>An additional document as the compiler sees it.</summary>
    private sealed class ProjectFile(TextDocument document) : AdditionalText
    {
        public override string Path => document.FilePath!;

        public override SourceText GetText(CancellationToken cancellationToken = default) => document.GetTextAsync(cancellationToken).Result;
    }

    private sealed class Reported(Diagnostic[] all) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>(all);

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            Task.FromResult(all.Where(diagnostic => diagnostic.Location.SourceTree!.FilePath == document.FilePath));

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
