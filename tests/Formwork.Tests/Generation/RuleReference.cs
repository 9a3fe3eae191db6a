using Formwork.Generation;

namespace Formwork.Tests.Generation;

/// <summary>The rules of both conventions, written down as plainly as possible; phrases are tested on their own.</summary>
internal static class RuleReference
{
    private const float Banned = float.NegativeInfinity;

    public static float[] Apply(GenerationOptions options, DecodingShape shape, float[] row, int[] decoderIds, int prefixLength, int remaining)
    {
        float[] scores = [.. row];
        int[] target = decoderIds[1..];
        bool isHuggingFace = options.Convention == ScoreConvention.HuggingFace;
        int[] history = isHuggingFace ? decoderIds : target;

        void MinLength()
        {
            int length = isHuggingFace ? target.Length - prefixLength : target.Length;
            scores[shape.EndToken] = length < options.MinLength ? Banned : scores[shape.EndToken];
        }

        void Repetition()
        {
            foreach (int token in history.Distinct())
            {
                scores[token] = scores[token] < 0 ? scores[token] * options.RepetitionPenalty : scores[token] / options.RepetitionPenalty;
            }
        }

        void Ngrams()
        {
            int n = options.NoRepeatNgram;
            for (int token = 0; n > 0 && token < scores.Length; token++)
            {
                int[] longer = [.. history, token];
                scores[token] = longer.Length > n && PhraseReference.Contains(history, longer[^n..]) ? Banned : scores[token];
            }
        }

        void Sequences()
        {
            foreach (int[] sequence in options.SuppressedSequences)
            {
                int before = sequence.Length - 1;
                if (target.Length >= before && target.AsSpan()[^before..].SequenceEqual(sequence.AsSpan(0, before)))
                {
                    scores[sequence[before]] = Banned;
                }
            }
        }

        void Suppressed()
        {
            foreach (int token in options.SuppressedTokens)
            {
                scores[token] = Banned;
            }
        }

        void AtStart()
        {
            foreach (int token in options.SuppressedAtStart)
            {
                bool isStart = prefixLength == 0 && options.ForcedStart is not null ? target.Length == 1 : target.Length == prefixLength;
                scores[token] = isStart ? Banned : scores[token];
            }
        }

        void Forced()
        {
            if (options.ForcedStart is { } start && decoderIds.Length == 1)
            {
                scores = [.. scores.Select((_, token) => token == start ? 0 : Banned)];
            }

            if (options.ForcedEnd is { } end && remaining == 1)
            {
                scores = [.. scores.Select((_, token) => token == end ? 0 : Banned)];
            }
        }

        Action[] rules = isHuggingFace
            ? [Repetition, Ngrams, Sequences, MinLength, Forced, Suppressed, AtStart]
            : [MinLength, Repetition, Ngrams, Suppressed, AtStart, Sequences, Forced];
        foreach (Action rule in rules)
        {
            rule();
        }

        if (shape.MaskedToken >= 0)
        {
            scores[shape.MaskedToken] = Banned;
        }

        return scores;
    }
}
