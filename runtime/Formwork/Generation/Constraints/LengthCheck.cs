namespace Formwork.Generation.Constraints;

/// <summary>Checks the lengths that are asked for, and the prefix, against the room that the model has.</summary>
internal static class LengthCheck
{
    /// <summary>Checks the lengths and the prefix.</summary>
    /// <param name="options">The options, their lists checked before.</param>
    /// <param name="shape">What is known of the model.</param>
    /// <exception cref="ArgumentException">A length is out of range, or the prefix is too long or holds the end token.</exception>
    public static void Check(GenerationOptions options, DecodingShape shape)
    {
        Prefix(options, shape);
        if (options.MaxLength is { } maxLength)
        {
            MaxLength(options, shape, maxLength);
        }

        if (options.MinLength < 0)
        {
            throw OptionError.OutOfRange(nameof(options.MinLength), options.MinLength, "it is a number of ids from 0.");
        }

        if (options.MinLength > options.MaxLength)
        {
            throw OptionError.OutOfRange(nameof(options.MinLength), options.MinLength, $"MaxLength = {options.MaxLength} is less: lower MinLength, or raise MaxLength.");
        }

        // Where the convention counts the prefix, it is part of the shortest length too.
        int room = options.Convention == ScoreConvention.CTranslate2 ? shape.TargetLength : shape.TargetLength - HardPrefix(options);
        if (options.MinLength > room)
        {
            throw OptionError.OutOfRange(nameof(options.MinLength), options.MinLength, $"{shape.Model} has room for {room} ids: lower MinLength, or raise TargetLength in its [Transformer] attribute.");
        }
    }

    /// <summary>The ids that a search may add to the prefix, the end token included.</summary>
    /// <param name="options">The options.</param>
    /// <param name="shape">What is known of the model.</param>
    public static int Room(GenerationOptions options, DecodingShape shape)
    {
        int prefix = HardPrefix(options);
        int maxLength = options.MaxLength ?? shape.TargetLength;
        return options.Convention == ScoreConvention.CTranslate2 ? maxLength - prefix : Math.Min(maxLength, shape.TargetLength - prefix);
    }

    /// <summary>The ids of the prefix, unless it is a mere wish.</summary>
    private static int HardPrefix(GenerationOptions options) => options.PrefixBias == 0 ? options.Prefix.Count : 0;

    private static void Prefix(GenerationOptions options, DecodingShape shape)
    {
        if (options.Prefix.Count > shape.TargetLength - 1)
        {
            throw OptionError.Invalid(
                $"Prefix has {options.Prefix.Count} ids, but {shape.Model} was generated for targets of TargetLength = {shape.TargetLength}, of which one has to be left: shorten the prefix, or raise TargetLength in its [Transformer] attribute.");
        }

        for (int index = 0; index < options.Prefix.Count; index++)
        {
            if (options.Prefix[index] == shape.EndToken)
            {
                throw OptionError.Invalid($"Prefix[{index}] is the end token {shape.EndToken}, but nothing comes after the end token: end the prefix before it.");
            }
        }

        if (!(options.PrefixBias >= 0 && options.PrefixBias < 1))
        {
            throw OptionError.OutOfRange(nameof(options.PrefixBias), options.PrefixBias, "it lies between 0 and 1, exclusive of 1: leave it out (0) where the prefix must be followed.");
        }

        if (options.PrefixBias != 0 && options.Prefix.Count == 0)
        {
            throw OptionError.OutOfRange(nameof(options.PrefixBias), options.PrefixBias, "Prefix is empty, so there is nothing to favour: set Prefix, or leave PrefixBias out.");
        }
    }

    private static void MaxLength(GenerationOptions options, DecodingShape shape, int maxLength)
    {
        if (maxLength < 1)
        {
            throw OptionError.OutOfRange(nameof(options.MaxLength), maxLength, "a target has room for at least 1 id, the end token: leave it out for all the room there is.");
        }

        if (maxLength > shape.TargetLength)
        {
            throw OptionError.OutOfRange(nameof(options.MaxLength), maxLength, $"{shape.Model} was generated for at most TargetLength = {shape.TargetLength}: lower MaxLength, or raise TargetLength in its [Transformer] attribute.");
        }

        if (Room(options, shape) < 1)
        {
            throw OptionError.OutOfRange(nameof(options.MaxLength), maxLength, $"Prefix has {options.Prefix.Count} ids, which CTranslate2's MaxLength counts, and at least one has to be left: raise MaxLength, or shorten the prefix.");
        }
    }
}
