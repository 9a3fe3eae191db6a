using System.Globalization;

namespace Formwork.Generation.Constraints;

/// <summary>Refuses options that are invalid, contradict each other, or mean nothing to the chosen convention, with one clear message each.</summary>
internal static class OptionCheck
{
    /// <summary>Checks all options, before anything is built from them.</summary>
    /// <param name="options">The options.</param>
    /// <param name="shape">What is known of the model.</param>
    /// <exception cref="ArgumentException">An option cannot be followed.</exception>
    public static void Check(GenerationOptions options, DecodingShape shape)
    {
        ArgumentNullException.ThrowIfNull(options);
        Convention(options);
        Beams(options, shape);
        Scores(options, shape);
        Sampling(options);
        TokenListCheck.Check(options, shape);
        LengthCheck.Check(options, shape);
        ForcedTokenCheck.Check(options, shape);
        PhraseCheck.Check(options, shape);
    }

    private static void Convention(GenerationOptions options)
    {
        if (!Enum.IsDefined(options.Convention))
        {
            throw OptionError.OutOfRange(nameof(options.Convention), options.Convention, "it is HuggingFace or CTranslate2.");
        }

        if (!Enum.IsDefined(options.EarlyStopping))
        {
            throw OptionError.OutOfRange(nameof(options.EarlyStopping), options.EarlyStopping, "it is Heuristic, Immediate or Never.");
        }

        Above0(nameof(options.Patience), options.Patience);
        if (options.Convention == ScoreConvention.HuggingFace && options.Patience != 1)
        {
            throw OptionError.OutOfRange(nameof(options.Patience), options.Patience, "Hugging Face's search has no patience: set Convention = ScoreConvention.CTranslate2, or use EarlyStopping.");
        }

        if (options.Convention == ScoreConvention.CTranslate2 && options.EarlyStopping != EarlyStopping.Heuristic)
        {
            throw OptionError.OutOfRange(nameof(options.EarlyStopping), options.EarlyStopping, "CTranslate2's search has no such option: set Convention = ScoreConvention.HuggingFace, or use Patience.");
        }
    }

    private static void Beams(GenerationOptions options, DecodingShape shape)
    {
        if (options.Beams < 1)
        {
            throw OptionError.OutOfRange(nameof(options.Beams), options.Beams, "a search follows at least 1 hypothesis: 1 is greedy search.");
        }

        if (options.Beams > shape.MaxBeams)
        {
            throw OptionError.OutOfRange(nameof(options.Beams), options.Beams, $"{shape.Model} was generated for at most MaxBeams = {shape.MaxBeams}: search with fewer beams, or raise MaxBeams in its [Transformer] attribute.");
        }

        if (options.NBest < 1)
        {
            throw OptionError.OutOfRange(nameof(options.NBest), options.NBest, "a search returns at least 1 hypothesis.");
        }

        if (options.Sample && options.Beams > 1)
        {
            throw OptionError.OutOfRange(nameof(options.Beams), options.Beams, "Sample is true, and samples are drawn one by one: set Beams = 1 (NBest is the number of samples), or Sample = false.");
        }

        if (options.Sample)
        {
            return;
        }

        if (options.Convention == ScoreConvention.HuggingFace && options.NBest > options.Beams)
        {
            throw OptionError.OutOfRange(nameof(options.NBest), options.NBest, $"a search with Beams = {options.Beams} returns at most as many hypotheses: raise Beams, or set Sample = true to draw any number.");
        }

        if (options.Beams == 1 && options.NBest > 1)
        {
            throw OptionError.OutOfRange(nameof(options.NBest), options.NBest, "greedy search finds 1 hypothesis: raise Beams, or set Sample = true to draw any number.");
        }

        // CTranslate2 rounds halves away from zero.
        if (options.Convention == ScoreConvention.CTranslate2 && options.NBest > MathF.Round(options.Beams * options.Patience, MidpointRounding.AwayFromZero))
        {
            throw OptionError.OutOfRange(
                nameof(options.NBest),
                options.NBest,
                string.Create(CultureInfo.InvariantCulture, $"a search returns at most as many hypotheses as it waits for, Beams · Patience = {options.Beams} · {options.Patience}, rounded: raise Beams or Patience, or set Sample = true to draw any number."));
        }
    }

    private static void Scores(GenerationOptions options, DecodingShape shape)
    {
        if (!float.IsFinite(options.LengthPenalty))
        {
            throw OptionError.OutOfRange(nameof(options.LengthPenalty), options.LengthPenalty, "it is a finite number: 0 leaves sums as they are.");
        }

        if (!(options.CoveragePenalty >= 0) || !float.IsFinite(options.CoveragePenalty))
        {
            throw OptionError.OutOfRange(nameof(options.CoveragePenalty), options.CoveragePenalty, "it is a finite number from 0, and 0 leaves it out.");
        }

        if (options.CoveragePenalty != 0 && !shape.RecordsCrossAttention)
        {
            throw OptionError.OutOfRange(nameof(options.CoveragePenalty), options.CoveragePenalty, $"{shape.Model} records no cross-attention, which it is computed from: set RecordCrossAttention = true in its [Transformer] attribute, or leave CoveragePenalty out.");
        }

        Above0(nameof(options.RepetitionPenalty), options.RepetitionPenalty);
        if (options.NoRepeatNgram < 0)
        {
            throw OptionError.OutOfRange(nameof(options.NoRepeatNgram), options.NoRepeatNgram, "it is a number of ids from 1, or 0 for no such rule.");
        }
    }

    private static void Sampling(GenerationOptions options)
    {
        Above0(nameof(options.Temperature), options.Temperature);
        if (options.TopK < 0)
        {
            throw OptionError.OutOfRange(nameof(options.TopK), options.TopK, "it is a number of tokens from 1, or 0 for all.");
        }

        if (!(options.TopP > 0 && options.TopP <= 1))
        {
            throw OptionError.OutOfRange(nameof(options.TopP), options.TopP, "it is a probability above 0 and at most 1, and 1 leaves it out.");
        }

        if (!(options.MinP >= 0 && options.MinP <= 1))
        {
            throw OptionError.OutOfRange(nameof(options.MinP), options.MinP, "it is a share from 0 to 1, and 0 leaves it out.");
        }

        if (options.Convention == ScoreConvention.CTranslate2 && options.MinP != 0)
        {
            throw OptionError.OutOfRange(nameof(options.MinP), options.MinP, "CTranslate2's sampler has no such option: set Convention = ScoreConvention.HuggingFace, or use TopP.");
        }

        if (options.Sample)
        {
            return;
        }

        NeedsSample(options.Temperature != 1, nameof(options.Temperature), options.Temperature);
        NeedsSample(options.TopK != 0, nameof(options.TopK), options.TopK);
        NeedsSample(options.TopP != 1, nameof(options.TopP), options.TopP);
        NeedsSample(options.MinP != 0, nameof(options.MinP), options.MinP);
        NeedsSample(options.Seed != 0, nameof(options.Seed), options.Seed);
    }

    private static void Above0(string option, float value)
    {
        if (!(value > 0) || !float.IsFinite(value))
        {
            throw OptionError.OutOfRange(option, value, "it is a finite number above 0, and 1 leaves it out.");
        }
    }

    private static void NeedsSample(bool isSet, string option, object value)
    {
        if (isSet)
        {
            throw OptionError.OutOfRange(option, value, $"nothing is drawn while Sample is false: set Sample = true, or leave {option} out.");
        }
    }
}
