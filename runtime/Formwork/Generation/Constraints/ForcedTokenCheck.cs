namespace Formwork.Generation.Constraints;

/// <summary>Checks that nothing forbids the tokens that are forced.</summary>
internal static class ForcedTokenCheck
{
    /// <summary>Checks the forced tokens.</summary>
    /// <param name="options">The options, their lists checked before.</param>
    /// <param name="shape">What is known of the model.</param>
    /// <exception cref="ArgumentException">A forced token is suppressed or masked, or the prefix begins with another one.</exception>
    public static void Check(GenerationOptions options, DecodingShape shape)
    {
        NotForbidden(nameof(options.ForcedStart), options.ForcedStart, options, shape);
        NotForbidden(nameof(options.ForcedEnd), options.ForcedEnd, options, shape);
        if (options.ForcedStart is { } start && options.Prefix is [int first, ..] && first != start)
        {
            throw OptionError.OutOfRange(nameof(options.ForcedStart), start, $"Prefix begins with {first}: let the prefix begin with the forced token, or leave ForcedStart out.");
        }
    }

    private static void NotForbidden(string option, int? token, GenerationOptions options, DecodingShape shape)
    {
        if (token is not { } id)
        {
            return;
        }

        if (id == shape.MaskedToken)
        {
            throw OptionError.OutOfRange(option, id, $"{shape.Model} never produces that token: leave {option} out.");
        }

        if (options.SuppressedTokens.Contains(id))
        {
            throw OptionError.OutOfRange(option, id, $"SuppressedTokens holds it too: take it out of there, or leave {option} out.");
        }
    }
}
