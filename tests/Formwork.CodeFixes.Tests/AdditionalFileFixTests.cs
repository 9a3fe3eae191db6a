using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;

namespace Formwork.CodeFixes.Tests;

/// <summary>FW0201: a file that lies where the declaration says becomes an additional file of the project.</summary>
public sealed class AdditionalFileFixTests : IDisposable
{
    private const string Id = "FW0201";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("formwork-fixes-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("config.json")]
    [InlineData("model/config.json")]
    public async Task Adds_the_file_beside_the_declaration(string name)
    {
        string path = Path.Combine(_folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "{}");
        using Editor editor = new(new AdditionalFileFix(), _folder.FullName, Declaring(name));
        CodeAction action = Assert.Single(await editor.ActionsAsync(Id));
        Assert.Equal($"Add '{name}' to the project's AdditionalFiles", action.Title);
        await editor.ApplyAsync(action);
        TextDocument added = Assert.Single(editor.Project.AdditionalDocuments);
        Assert.Equal(path, added.FilePath);
        Assert.Equal("{}", (await added.GetTextAsync()).ToString());
        Assert.Equal([Declaring(name)], editor.Texts);

        // It is found now; that an empty configuration declares no model is another matter.
        Assert.DoesNotContain(await editor.DiagnosticsAsync(), static diagnostic => diagnostic.Id == Id);
    }

    [Theory]
    [InlineData("config.json")]
    [InlineData("")]
    [InlineData("a\\0b")]
    public async Task Offers_nothing_for_a_file_that_is_not_there(string name)
    {
        using Editor editor = new(new AdditionalFileFix(), _folder.FullName, Declaring(name));
        Assert.Empty(await editor.ActionsAsync(Id));
    }

    private static string Declaring(string name) => $"using Formwork;\n\n[Transformer(\"{name}\")]\npublic sealed partial class Tiny;\n";
}
