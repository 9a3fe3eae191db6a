namespace Formwork.Generation.Constraints;

/// <summary>Checks that the phrases can appear.</summary>
internal static class PhraseCheck
{
    /// <summary>Checks the phrases.</summary>
    /// <param name="options">The options, their lists and lengths checked before.</param>
    /// <param name="shape">What is known of the model.</param>
    /// <exception cref="ArgumentException">There are too many phrases, another option forbids one, or there is no room for them.</exception>
    public static void Check(GenerationOptions options, DecodingShape shape)
    {
        if (options.Phrases.Count > PhraseTrie.MaxPhrases)
        {
            throw OptionError.Invalid($"Phrases holds {options.Phrases.Count} phrases, but at most {PhraseTrie.MaxPhrases} can be followed: leave out the rest.");
        }

        for (int index = 0; index < options.Phrases.Count; index++)
        {
            Phrase($"Phrases[{index}]", options.Phrases[index], options, shape);
        }

        if (options.Phrases.Count > 0)
        {
            Room(options, shape);
        }
    }

    private static void Phrase(string name, int[] phrase, GenerationOptions options, DecodingShape shape)
    {
        foreach (int token in phrase)
        {
            string? forbidden =
                token == shape.EndToken ? "the end token, which only comes last: end the phrase before it"
                : token == shape.MaskedToken ? $"which {shape.Model} never produces: the phrase cannot appear"
                : options.SuppressedTokens.Contains(token) ? "which SuppressedTokens holds too: the phrase cannot appear"
                : null;
            if (forbidden is not null)
            {
                throw OptionError.Invalid($"{name} holds {token}, {forbidden}.");
            }
        }

        for (int index = 0; index < options.SuppressedSequences.Count; index++)
        {
            if (phrase.AsSpan().IndexOf(options.SuppressedSequences[index]) >= 0)
            {
                throw OptionError.Invalid($"{name} contains SuppressedSequences[{index}], so it cannot appear: leave one of them out.");
            }
        }

        for (int start = 0; options.NoRepeatNgram > 0 && start + options.NoRepeatNgram <= phrase.Length; start++)
        {
            if (phrase.AsSpan(start + 1).IndexOf(phrase.AsSpan(start, options.NoRepeatNgram)) >= 0)
            {
                throw OptionError.Invalid($"{name} repeats {options.NoRepeatNgram} ids, which NoRepeatNgram = {options.NoRepeatNgram} forbids: leave one of them out.");
            }
        }
    }

    private static void Room(GenerationOptions options, DecodingShape shape)
    {
        PhraseTrie phrases = new(options.Phrases);
        PhraseProgress progress = default;
        int room = LengthCheck.Room(options, shape);
        if (options.PrefixBias == 0)
        {
            // The prefix may hold phrases, or end with a part of one.
            progress = phrases.Advance(progress, [.. options.Prefix]);
        }

        if (options.ForcedStart is { } start && (options.Prefix.Count == 0 || options.PrefixBias != 0))
        {
            if (start == shape.EndToken)
            {
                throw OptionError.OutOfRange(nameof(options.ForcedStart), start, "that is the end token, so that no phrase can appear: leave ForcedStart or Phrases out.");
            }

            progress = phrases.Advance(progress, start);
            room--;
        }

        int needed = phrases.TokensLeft(progress) + 1;
        if (!phrases.AreAllMet(progress) && needed > room)
        {
            throw OptionError.Invalid(
                $"Phrases and the end token may take {needed} ids, but there is room for {room}: give fewer or shorter phrases, or raise MaxLength or TargetLength.");
        }
    }
}
