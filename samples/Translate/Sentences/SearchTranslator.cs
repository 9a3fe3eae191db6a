using Formwork.Generation;
using Formwork.Text;
using Translate.Timing;

namespace Translate.Sentences;

/// <summary>Translates by a search: with several hypotheses, at random, or under rules.</summary>
internal sealed class SearchTranslator : ITranslator
{
    private readonly SentencePieceModel _tokenizer;
    private readonly CrossAttentionModel _model;
    private readonly bool _readsAttention;
    private readonly Stopwatches? _stopwatches;
    private readonly SourceTokens _source = new();
    private readonly TextSearches _searches;

    public SearchTranslator(SentencePieceModel tokenizer, CrossAttentionModel model, TextSearches searches, bool readsAttention, Stopwatches? stopwatches)
    {
        _tokenizer = tokenizer;
        _model = model;
        _searches = searches;
        _readsAttention = readsAttention;
        _stopwatches = stopwatches;
    }

    public IReadOnlyList<Translation> Translate(TextPart part, bool isFirst)
    {
        ReadOnlySpan<int> source = _source.Of(part);
        Search search = _searches.Of(isFirst);
        var run = new SearchRun(_model, search);
        _ = _stopwatches is null ? run.Generate(source, []) : _stopwatches.Generate(run, source, []);
        if (_readsAttention)
        {
            // Several hypotheses share the memory that they were found in, and samples leave the last one's attention behind.
            _model.Follow(source, search[0].Tokens);
        }

        var translations = new Translation[search.Count];
        for (int index = 0; index < translations.Length; index++)
        {
            Hypothesis found = search[index];
            translations[index] = Translation.Of(found.Tokens, _tokenizer) with { Score = found.Score, LogProbability = found.Sum };
        }

        return translations;
    }
}
