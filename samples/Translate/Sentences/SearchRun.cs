using Formwork.Generation;

namespace Translate.Sentences;

/// <summary>A search as something to measure.</summary>
internal sealed class SearchRun(CrossAttentionModel model, Search search) : IGenerator
{
    public void Encode(ReadOnlySpan<int> source) => model.Encode(source);

    /// <summary>Runs the search, which keeps the targets; returns how many tokens all of them have.</summary>
    public int Generate(ReadOnlySpan<int> source, Span<int> target)
    {
        model.Generate(source, search);
        int tokens = 0;
        for (int index = 0; index < search.Count; index++)
        {
            tokens += search[index].Tokens.Length;
        }

        return tokens;
    }
}
