using Formwork.Text;
using Translate.Sentences;

namespace Translate.Attention;

/// <summary>
/// Reads the recorded cross-attention of the last translation, from pieces to words: the weights of a source word's pieces are summed,
/// for the word is what is looked at; the rows of a target word's pieces are averaged, for each of them looked once. Heads are averaged.
/// </summary>
internal sealed class AttentionReader(CrossAttentionModel model, SentencePieceModel tokenizer, int? layer)
{
    private readonly WordGrouping _grouping = new(tokenizer);

    /// <summary>The map of the layer asked for, or of the one that <see cref="LayerChoice"/> picks.</summary>
    public AttentionMap Read(TextPart part, Translation translation)
    {
        List<Word> source = _grouping.OfSource(part);
        source.Add(new Word(AttentionMap.EndLabel, part.Pieces.Count, 1));
        List<Word> target = _grouping.OfTarget(translation.Tokens);
        if (layer is { } wanted)
        {
            return ReadLayer(wanted, source, target);
        }

        return LayerChoice.Best(Enumerable.Range(0, EnglishToFrench.DecoderLayers).Select(each => ReadLayer(each, source, target)));
    }

    private AttentionMap ReadLayer(int index, List<Word> source, List<Word> target)
    {
        var weights = new double[target.Count, source.Count];
        for (int row = 0; row < target.Count; row++)
        {
            for (int position = target[row].Start; position < target[row].End; position++)
            {
                for (int head = 0; head < EnglishToFrench.Heads; head++)
                {
                    double share = 1.0 / (target[row].Count * EnglishToFrench.Heads);
                    Add(weights, row, source, model.CrossAttention(index, head, position), share);
                }
            }
        }

        return new AttentionMap(index, [.. source.Select(word => word.Label)], [.. target.Select(word => word.Label)], weights);
    }

    private static void Add(double[,] weights, int row, List<Word> source, ReadOnlySpan<float> pieces, double share)
    {
        for (int column = 0; column < source.Count; column++)
        {
            foreach (float weight in pieces[source[column].Start..source[column].End])
            {
                weights[row, column] += share * weight;
            }
        }
    }
}
