using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Formwork.CodeFixes.Tests;

/// <summary>FW0001: 'partial' is put where it belongs, and nothing else changes.</summary>
public class MakePartialFixTests
{
    private const string Id = "FW0001";

    [Theory]
    [InlineData("public sealed class Tiny;", "public sealed partial class Tiny;")]
    [InlineData("class Tiny;", "partial class Tiny;")]
    [InlineData("sealed public class Tiny { }", "sealed public partial class Tiny { }")]
    [InlineData("internal\n    sealed // never derived from\n    class   Tiny\n{\n    // nothing\n}", "internal\n    sealed // never derived from\n    partial class   Tiny\n{\n    // nothing\n}")]
    [InlineData("/* a */ class /* b */ Tiny /* c */ ;", "/* a */ partial class /* b */ Tiny /* c */ ;")]
    [InlineData("#if true\npublic class Tiny;\n#endif", "#if true\npublic partial class Tiny;\n#endif")]
    [InlineData("public unsafe class Tiny;", "public unsafe partial class Tiny;")]
    public async Task Makes_the_type_partial(string declaration, string expected)
    {
        using Editor editor = new(new MakePartialFix(), "/models", Source.Declaring(declaration));
        CodeAction action = Assert.Single(await editor.ActionsAsync(Id));
        Assert.Equal("Make 'Tiny' partial", action.Title);
        await editor.ApplyAsync(action);
        Assert.Equal([Source.Declaring(expected)], editor.Texts);
        Assert.Empty(await editor.DiagnosticsAsync());
    }

    [Fact]
    public async Task Keeps_attributes_documentation_and_line_ends()
    {
        string before = $"using Formwork;\r\n\r\n/// <summary>A model.</summary>\r\n{Source.Attribute} // the shape\r\n[System.Obsolete]\r\n\tpublic class Tiny;\r\n";
        using Editor editor = new(new MakePartialFix(), "/models", before);
        await editor.ApplyAsync(Id);
        Assert.Equal([before.Replace("public class", "public partial class", StringComparison.Ordinal)], editor.Texts);
        Assert.Empty(await editor.DiagnosticsAsync());
    }

    [Theory]
    [InlineData("public static class Outer", "public static partial class Outer", "Outer")]
    [InlineData("public readonly struct Outer", "public readonly partial struct Outer", "Outer")]
    [InlineData("public ref struct Outer", "public ref partial struct Outer", "Outer")]
    [InlineData("public record Outer", "public partial record Outer", "Outer")]
    [InlineData("public sealed record class Outer", "public sealed partial record class Outer", "Outer")]
    [InlineData("public readonly record struct Outer", "public readonly partial record struct Outer", "Outer")]
    [InlineData("public interface IOuter", "public partial interface IOuter", "IOuter")]
    [InlineData("public class @class", "public partial class @class", "class")]
    public async Task Makes_a_type_around_it_partial(string outer, string expected, string name)
    {
        static string File(string header) => $"using Formwork;\n\n{header}\n{{\n    {Source.Attribute}\n    public sealed partial class Tiny;\n}}\n";
        using Editor editor = new(new MakePartialFix(), "/models", File(outer));
        CodeAction action = Assert.Single(await editor.ActionsAsync(Id));
        Assert.Equal($"Make '{name}' partial", action.Title);
        await editor.ApplyAsync(action);
        Assert.Equal([File(expected)], editor.Texts);
        Assert.Empty(await editor.DiagnosticsAsync());
    }

    [Fact]
    public async Task A_file_local_type_becomes_partial_and_is_still_refused_for_being_local()
    {
        using Editor editor = new(new MakePartialFix(), "/models", Source.Declaring("file class Tiny;"));
        await editor.ApplyAsync(Id);
        Assert.Equal([Source.Declaring("file partial class Tiny;")], editor.Texts);
        Assert.Equal(["FW0002"], (await editor.DiagnosticsAsync()).Select(static diagnostic => diagnostic.Id));
    }

    [Theory]
    [InlineData(FixAllScope.Document, 1)]
    [InlineData(FixAllScope.Project, 2)]
    [InlineData(FixAllScope.Solution, 2)]
    public async Task Fixes_all_together(FixAllScope scope, int files)
    {
        string first = $"using Formwork;\n\npublic class Outer\n{{\n    private class Inner\n    {{\n        {Source.Attribute} public class Tiny;\n    }}\n}}\n{Source.Attribute}\nclass Other;\n";
        string second = Source.Declaring("public class Third;");
        using Editor editor = new(new MakePartialFix(), "/models", first, second);
        Assert.Equal(5, (await editor.DiagnosticsAsync()).Length);
        await editor.ApplyToAllAsync(Id, scope, key: Id);
        string[] expected = [.. new[] { first, second }.Select((text, index) => index < files ? text.Replace("class ", "partial class ", StringComparison.Ordinal) : text)];
        Assert.Equal(expected, editor.Texts);
        Assert.Equal(files == 2 ? 0 : 1, (await editor.DiagnosticsAsync()).Length);
    }
}
