using Microsoft.CodeAnalysis.CodeActions;

namespace Formwork.CodeFixes.Tests;

/// <summary>FW0101: one action a head count, and one for a width of heads that is not ModelDim / Heads.</summary>
public class HeadCountFixTests
{
    private const string Id = "FW0101";

    private const string Rest = "EncoderLayers = 1, DecoderLayers = 1, FeedForwardDim = 32, VocabSize = 20, SourceLength = 8, TargetLength = 8";

    [Fact]
    public async Task Offers_the_nearest_counts_and_a_width()
    {
        using Editor editor = new(new HeadCountFix(), "/models", Source.With($"ModelDim = 48, Heads = 7, {Rest}"));
        List<CodeAction> actions = await editor.ActionsAsync(Id);
        Assert.Equal(["Set 'Heads = 6'", "Set 'Heads = 8'", "Add 'HeadDim = 6', to be corrected"], actions.Select(static action => action.Title));
        Assert.Equal(3, actions.Select(static action => action.EquivalenceKey).Distinct().Count());
    }

    [Theory]
    [InlineData(0, "ModelDim = 48, Heads = 6, ")]
    [InlineData(1, "ModelDim = 48, Heads = 8, ")]
    public async Task Sets_a_count(int chosen, string expected)
    {
        using Editor editor = new(new HeadCountFix(), "/models", Source.With($"ModelDim = 48, Heads = 7, {Rest}"));
        await editor.ApplyAsync((await editor.ActionsAsync(Id))[chosen]);
        Assert.Equal([Source.With(expected + Rest)], editor.Texts);
        Assert.DoesNotContain(await editor.DiagnosticsAsync(), static diagnostic => diagnostic.Id == Id);
    }

    [Fact]
    public async Task Adds_a_width_behind_the_last_option()
    {
        using Editor editor = new(new HeadCountFix(), "/models", Source.With($"ModelDim = 64, Heads = 7, {Rest} /* tokens */"));
        await editor.ApplyAsync((await editor.ActionsAsync(Id))[^1]);
        Assert.Equal([Source.With($"ModelDim = 64, Heads = 7, {Rest}, HeadDim = 9 /* tokens */")], editor.Texts);
        Assert.DoesNotContain(await editor.DiagnosticsAsync(), static diagnostic => diagnostic.Id == Id);
    }

    [Theory]
    [InlineData("EncoderHeads = 7 /* why */, DecoderHeads = 2", "EncoderHeads = 8 /* why */, DecoderHeads = 2")]
    [InlineData("DecoderHeads = (3 + 4), EncoderHeads = 2", "DecoderHeads = 8, EncoderHeads = 2")]
    [InlineData("Heads = /* a */ 0x7", "Heads = /* a */ 8")]
    [InlineData("Heads\n        =\n        7", "Heads\n        =\n        8")]
    public async Task Sets_the_option_that_is_wrong(string before, string after)
    {
        using Editor editor = new(new HeadCountFix(), "/models", Source.With($"ModelDim = 64, {before}, {Rest}"));
        await editor.ApplyAsync((await editor.ActionsAsync(Id)).Single(static action => action.Title.EndsWith("Heads = 8'", StringComparison.Ordinal)));
        Assert.Equal([Source.With($"ModelDim = 64, {after}, {Rest}")], editor.Texts);
        Assert.Empty(await editor.DiagnosticsAsync());
    }

    [Fact]
    public async Task More_heads_than_the_width_have_one_count_below()
    {
        using Editor editor = new(new HeadCountFix(), "/models", Source.With($"ModelDim = 16, Heads = 17, {Rest}"));
        Assert.Equal(["Set 'Heads = 16'", "Add 'HeadDim = 1', to be corrected"], (await editor.ActionsAsync(Id)).Select(static action => action.Title));
    }
}
