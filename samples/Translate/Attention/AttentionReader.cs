using Formwork.Alignment;
using Translate.Sentences;

namespace Translate.Attention;

/// <summary>Reads the recorded cross-attention of the last translation, from pieces to words. Heads are averaged.</summary>
internal sealed class AttentionReader(CrossAttentionModel model, int? layer)
{
    /// <summary>The map of the layer asked for, or of the one that <see cref="LayerChoice"/> picks; null where nothing was written.</summary>
    public AttentionMap? Read(TextPart part, Translation translation)
    {
        // The end token, which closes every source, has a column as if it were a word.
        Word[] source = [.. Words.Split(part.Text, part.Pieces, WordBoundary.Punctuation), new Word(0, 0, part.Pieces.Count, 1)];
        Word[] target = Words.Split(translation.Text, translation.Pieces, WordBoundary.Punctuation);
        if (target.Length == 0)
        {
            return null;
        }

        string[] columns = [.. source[..^1].Select(word => Label.Clean(part.Text[word.Range])), AttentionMap.EndLabel];
        string[] rows = [.. target.Select(word => Label.Clean(translation.Text[word.Range]))];
        IEnumerable<int> layers = layer is { } wanted ? [wanted] : Enumerable.Range(0, EnglishToFrench.DecoderLayers);
        return LayerChoice.Best(layers.Select(each => new AttentionMap(each, columns, rows, ReadLayer(each, part, translation, source, target))));
    }

    /// <summary>The attention of one layer between given words.</summary>
    /// <param name="index">The layer, from 0.</param>
    /// <param name="part">What was translated.</param>
    /// <param name="translation">What became of it.</param>
    /// <param name="source">The words of the part.</param>
    /// <param name="target">The words of the translation.</param>
    public WordAttention ReadLayer(int index, TextPart part, Translation translation, Word[] source, Word[] target)
    {
        int sourceTokens = part.Pieces.Count + 1;
        float[] weights = new float[translation.Pieces.Length * sourceTokens];
        for (int position = 0; position < translation.Pieces.Length; position++)
        {
            for (int head = 0; head < EnglishToFrench.Heads; head++)
            {
                Add(model.CrossAttention(index, head, position), weights.AsSpan(position * sourceTokens, sourceTokens));
            }
        }

        return WordAttention.FromTokens(weights, sourceTokens, source, target);
    }

    private static void Add(ReadOnlySpan<float> head, Span<float> sum)
    {
        for (int token = 0; token < sum.Length; token++)
        {
            sum[token] += head[token];
        }
    }
}
