using Formwork.Generation;

namespace Translate.Sentences;

/// <summary>The searches that a text's parts need: the first part's translation begins with the prefix, the others' do not.</summary>
internal sealed class TextSearches(CrossAttentionModel model, GenerationOptions options)
{
    private readonly Search _first = model.CreateSearch(options);
    private Search? _rest;

    public Search Of(bool isFirst) => isFirst ? _first : _rest ??= model.CreateSearch(options with { Prefix = [], AllowedTokens = null });
}
