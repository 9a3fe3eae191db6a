using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;

namespace Formwork.CodeFixes.Tests;

/// <summary>FW0003: all missing options in one action, as zeros that the compiler asks about.</summary>
public class MissingOptionFixTests
{
    private const string Id = "FW0003";

    [Fact]
    public async Task Adds_one_option()
    {
        string without = Source.Options.Replace(", VocabSize = 20", string.Empty, StringComparison.Ordinal);
        using Editor editor = new(new MissingOptionFix(), "/models", Source.With(without));
        CodeAction action = Assert.Single(await editor.ActionsAsync(Id));
        Assert.Equal("Add 'VocabSize', to be filled in", action.Title);
        await editor.ApplyAsync(action);
        Assert.Equal([Source.With(without + ", VocabSize = 0")], editor.Texts);
        Diagnostic left = Assert.Single(await editor.DiagnosticsAsync());
        Assert.Equal("FW0102", left.Id);
    }

    [Fact]
    public async Task Adds_all_options_of_a_bare_attribute()
    {
        const string Before = "using Formwork;\n\n[Transformer(Family.Bart)] // to be written\npublic sealed partial class Tiny;\n";
        using Editor editor = new(new MissingOptionFix(), "/models", Before);
        await editor.ApplyAsync(Id);
        string added = "EncoderLayers = 0, ModelDim = 0, Heads = 0, FeedForwardDim = 0, SourceLength = 0, DecoderLayers = 0, TargetLength = 0, VocabSize = 0";
        Assert.Equal([Before.Replace("Family.Bart", "Family.Bart, " + added, StringComparison.Ordinal)], editor.Texts);
        Assert.All(await editor.DiagnosticsAsync(), static diagnostic => Assert.Equal("FW0102", diagnostic.Id));
    }

    [Fact]
    public async Task Adds_the_positions_of_a_learned_table()
    {
        string before = Source.With(Source.Options).Replace("Family.Vaswani", "Family.Bart", StringComparison.Ordinal);
        using Editor editor = new(new MissingOptionFix(), "/models", before);
        await editor.ApplyAsync(Id);
        Assert.Equal([before.Replace(")]", ", MaxPositions = 0)]", StringComparison.Ordinal)], editor.Texts);
    }
}
