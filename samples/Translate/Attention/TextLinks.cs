using Formwork.Alignment;
using Translate.Sentences;

namespace Translate.Attention;

/// <summary>Which words of a text and of its translation belong together, part by part. Words are what spaces separate, so that anyone can count them.</summary>
/// <param name="reader">Reads the attention.</param>
/// <param name="layer">The decoder layer to read, from 0, or null for the one that aligns best.</param>
internal sealed class TextLinks(AttentionReader reader, int? layer)
{
    /// <summary>
    /// The last layer: of this model's, it agrees best with a statistical aligner on the corpus (docs/alignment.md). A model's aligning layer
    /// is found once; choosing anew for every text, as the drawing does, finds a worse one.
    /// </summary>
    private const int AligningLayer = EnglishToFrench.DecoderLayers - 1;

    private readonly List<WordLink> _links = [];
    private int _sourceWords;
    private int _targetWords;

    /// <summary>Links the words of the part translated last.</summary>
    /// <param name="part">The part.</param>
    /// <param name="translation">What became of it.</param>
    public void Add(TextPart part, Translation translation)
    {
        Word[] source = Words.Split(part.Text, part.Pieces);
        Word[] target = Words.Split(translation.Text, translation.Pieces);
        foreach (WordLink link in reader.ReadLayer(layer ?? AligningLayer, part, translation, source, target).Mutual())
        {
            _links.Add(link with { Source = _sourceWords + link.Source, Target = _targetWords + link.Target });
        }

        _sourceWords += source.Length;
        _targetWords += target.Length;
    }

    /// <summary>The links in Pharaoh's format.</summary>
    public override string ToString() => Pharaoh.Format([.. _links]);
}
