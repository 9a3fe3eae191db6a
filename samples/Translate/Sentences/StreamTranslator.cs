using Formwork.Generation;
using Formwork.Text;

namespace Translate.Sentences;

/// <summary>Translates by a search of one hypothesis, and writes each word as soon as nothing can change it.</summary>
internal sealed class StreamTranslator(SentencePieceModel tokenizer, CrossAttentionModel model, TextSearches searches, bool readsAttention, TextWriter output) : ITranslator
{
    private readonly SourceTokens _source = new();
    private readonly StreamingDecoder _decoder = tokenizer.CreateStreamingDecoder();
    private bool _hasText;

    /// <summary>Translates a part and writes the text as it comes; what ends the line is left to others.</summary>
    /// <inheritdoc/>
    public IReadOnlyList<Translation> Translate(TextPart part, bool isFirst)
    {
        ReadOnlySpan<int> source = _source.Of(part);
        Search search = searches.Of(isFirst);
        bool needsSpace = !isFirst && _hasText;
        _hasText = needsSpace;
        foreach (int token in search.Prefix)
        {
            Write(token, ref needsSpace);
        }

        foreach (int token in model.Stream(source, search))
        {
            if (token != EnglishToFrench.EndToken)
            {
                Write(token, ref needsSpace);
            }
        }

        Write(_decoder.Flush());
        Hypothesis found = search[0];
        if (readsAttention)
        {
            model.Follow(source, found.Tokens);
        }

        return [Translation.Of(found.Tokens, tokenizer) with { Score = found.Score, LogProbability = found.Sum }];
    }

    private void Write(int token, ref bool needsSpace)
    {
        if (needsSpace)
        {
            output.Write(' ');
            needsSpace = false;
        }

        _hasText = true;
        Write(_decoder.Append(token));
    }

    private void Write(ReadOnlySpan<char> text)
    {
        if (!text.IsEmpty)
        {
            output.Write(text);
            output.Flush();
        }
    }
}
