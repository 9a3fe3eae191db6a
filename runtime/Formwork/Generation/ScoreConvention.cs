namespace Formwork.Generation;

/// <summary>
/// Whose arithmetic a search follows where the reference engines differ. Both normalise a hypothesis' score as <c>sum / length^LengthPenalty</c>,
/// the end token counted.
/// </summary>
public enum ScoreConvention
{
    /// <summary>
    /// <c>generate()</c> of Hugging Face transformers (its <c>BeamSearchScorer</c>): lengths leave out the prefix; with several beams, rules act on
    /// log-probabilities, which are not normalised again; the history of penalties begins with the start token; end tokens count only among the
    /// first <c>Beams</c> candidates, and <see cref="EarlyStopping"/> says when to stop.
    /// </summary>
    HuggingFace,

    /// <summary>
    /// CTranslate2's <c>Translator</c> (its <c>BeamSearch</c>): lengths count the prefix; rules act on logits; the history holds generated ids alone;
    /// a finished beam gives its place to the next candidate that goes on; <see cref="GenerationOptions.Patience"/> says when to stop.
    /// </summary>
    CTranslate2,
}
