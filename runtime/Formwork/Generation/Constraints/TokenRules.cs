namespace Formwork.Generation.Constraints;

/// <summary>
/// The rules that the options switch on, applied to one row of scores after another: logits, or log-probabilities where the
/// <see cref="GenerationOptions.Convention"/> has it so. One object serves one thread.
/// </summary>
/// <remarks>
/// The order is that of the convention's engine, so a forced token, say, loses its score to a suppression that comes later. Rules that an engine
/// does not have come behind its own: phrases, and for CTranslate2 the caller's function and the forced tokens. The masked token is banned last.
/// </remarks>
internal sealed class TokenRules
{
    private readonly ITokenRule[] _rules;

    /// <summary>Composes the rules.</summary>
    /// <param name="options">The options, checked before.</param>
    /// <param name="shape">What is known of the model.</param>
    public TokenRules(GenerationOptions options, DecodingShape shape)
    {
        // Hugging Face's processors see the decoder's ids, the start token included, and count the prefix as part of the input.
        bool followsHuggingFace = options.Convention == ScoreConvention.HuggingFace;
        ITokenRule? repetition = options.RepetitionPenalty != 1 ? new RepetitionPenaltyRule(options.RepetitionPenalty, followsHuggingFace, shape.Vocabulary) : null;
        ITokenRule? ngrams = options.NoRepeatNgram > 0 ? new NoRepeatNgramRule(options.NoRepeatNgram, followsHuggingFace) : null;
        ITokenRule? sequences = options.SuppressedSequences.Count > 0 ? new SuppressedSequencesRule(options.SuppressedSequences) : null;
        ITokenRule? minLength = options.MinLength > 0 ? new MinLengthRule(options.MinLength, countsPrefix: !followsHuggingFace, shape.EndToken) : null;
        ITokenRule? allowed = options.AllowedTokens is { } function ? new AllowedTokensRule(function, shape.Vocabulary, shape.EndToken) : null;
        ITokenRule? forcedStart = options.ForcedStart is { } start ? new ForcedStartRule(start) : null;
        ITokenRule? forcedEnd = options.ForcedEnd is { } end ? new ForcedEndRule(end) : null;
        ITokenRule? suppressed = options.SuppressedTokens.Count > 0 ? new SuppressedTokensRule([.. options.SuppressedTokens]) : null;
        ITokenRule? atStart = options.SuppressedAtStart.Count > 0 ? new SuppressedAtStartRule([.. options.SuppressedAtStart], options.ForcedStart is not null) : null;
        Phrases = options.Phrases.Count > 0 ? new(options.Phrases) : null;
        ITokenRule? phrases = Phrases is { } trie ? new PhrasesRule(trie, shape.EndToken) : null;
        ITokenRule? masked = shape.MaskedToken >= 0 ? new SuppressedTokensRule([shape.MaskedToken]) : null;

        ITokenRule?[] rules = followsHuggingFace
            ? [repetition, ngrams, sequences, minLength, allowed, forcedStart, forcedEnd, suppressed, atStart, phrases, masked]
            : [minLength, repetition, ngrams, suppressed, atStart, sequences, allowed, forcedStart, forcedEnd, phrases, masked];
        _rules = [.. rules.OfType<ITokenRule>()];
        IsEmpty = _rules.All(rule => rule == masked);
    }

    /// <summary>Whether no rule is switched on, the masked token aside.</summary>
    public bool IsEmpty { get; }

    /// <summary>The phrases that have to appear, or null.</summary>
    public PhraseTrie? Phrases { get; }

    /// <summary>Changes one row of scores in place. Nothing is allocated.</summary>
    /// <param name="scores">One score for each id: [vocabulary]. −∞ for what may not come.</param>
    /// <param name="row">The hypothesis whose next token is to be chosen.</param>
    /// <exception cref="GenerationException">The caller's function allowed no token.</exception>
    public void Apply(Span<float> scores, in RowContext row)
    {
        foreach (ITokenRule rule in _rules)
        {
            rule.Apply(scores, row);
        }
    }
}
