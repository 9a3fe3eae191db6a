using Formwork.Text;

namespace Formwork.Pipeline;

/// <summary>Makes a model's sources of a text: its sentences, each cut where it is too long, and the white space between them.</summary>
internal sealed class TextSources
{
    private readonly SourceCutter _cutter;
    private readonly bool _splitSentences;
    private readonly Action<SplitSentence>? _onSplit;

    /// <param name="tokenizer">The tokeniser.</param>
    /// <param name="sourceLength">The most ids of a source.</param>
    /// <param name="options">Whether sentences are split, what is put before each, and who is told of those that are cut.</param>
    public TextSources(ITokenizer tokenizer, int sourceLength, TranslatorOptions options)
    {
        _cutter = new(tokenizer, options.Prefix, sourceLength);
        _splitSentences = options.SplitSentences;
        _onSplit = options.OnSplit;
    }

    /// <summary>The parts of a text, one after the other and without a gap; each is made when it is asked for.</summary>
    /// <exception cref="PipelineException">A character fits no source.</exception>
    public IEnumerable<SourcePart> Of(string text)
    {
        foreach (TextSegment segment in _splitSentences ? SentenceSplitter.Split(text) : Whole(text))
        {
            if (!segment.IsSentence)
            {
                yield return new(segment.Start, segment.End, null);
                continue;
            }

            List<SourcePart> parts = _cutter.Cut(text, segment.Start, segment.End);
            if (parts.Count > 1)
            {
                _onSplit?.Invoke(new(
                    text.Substring(segment.Start, segment.Length),
                    [.. parts.Where(static part => part.Source is not null).Select(part => text[part.Start..part.End])]));
            }

            foreach (SourcePart part in parts)
            {
                yield return part;
            }
        }
    }

    /// <summary>The text as one sentence, without the white space around it; one without words is none.</summary>
    private static TextSegment[] Whole(string text)
    {
        int start = text.Length - text.AsSpan().TrimStart().Length;
        int length = text.AsSpan().Trim().Length;
        return SentenceSplitter.HasWord(text)
            ? [new(0, start, false), new(start, length, true), new(start + length, text.Length - start - length, false)]
            : [new(0, text.Length, false)];
    }
}
