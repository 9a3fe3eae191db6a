using System.Diagnostics.CodeAnalysis;

namespace Formwork.Generation.Constraints;

/// <summary>Checks that every list of ids is there and that its ids are in the vocabulary.</summary>
internal static class TokenListCheck
{
    /// <summary>Checks the lists.</summary>
    /// <param name="options">The options.</param>
    /// <param name="shape">What is known of the model.</param>
    /// <exception cref="ArgumentException">A list is null, a sequence is empty, or an id is outside the vocabulary.</exception>
    public static void Check(GenerationOptions options, DecodingShape shape)
    {
        Ids(nameof(options.SuppressedTokens), options.SuppressedTokens, shape);
        Ids(nameof(options.SuppressedAtStart), options.SuppressedAtStart, shape);
        Ids(nameof(options.Prefix), options.Prefix, shape);
        Sequences(nameof(options.SuppressedSequences), options.SuppressedSequences, shape);
        Sequences(nameof(options.Phrases), options.Phrases, shape);
        Id(nameof(options.ForcedStart), options.ForcedStart, shape);
        Id(nameof(options.ForcedEnd), options.ForcedEnd, shape);

        // Hugging Face's processor drops such a sequence without a word.
        for (int index = 0; options.Convention == ScoreConvention.HuggingFace && index < options.SuppressedSequences.Count; index++)
        {
            if (options.SuppressedSequences[index] is [int only] && only == shape.EndToken)
            {
                throw OptionError.Invalid(
                    $"SuppressedSequences[{index}] is the end token {only} alone, which Hugging Face's search does not suppress: put it into SuppressedTokens if it is never to come.");
            }
        }
    }

    private static void Id(string option, int? id, DecodingShape shape)
    {
        if (id is { } value && (uint)value >= (uint)shape.Vocabulary)
        {
            throw Outside(option, value, shape);
        }
    }

    private static void Ids(string option, IReadOnlyList<int>? ids, DecodingShape shape)
    {
        NotNull(option, ids);
        for (int index = 0; index < ids.Count; index++)
        {
            if ((uint)ids[index] >= (uint)shape.Vocabulary)
            {
                throw Outside($"{option}[{index}]", ids[index], shape);
            }
        }
    }

    private static void Sequences(string option, IReadOnlyList<int[]>? sequences, DecodingShape shape)
    {
        NotNull(option, sequences);
        for (int index = 0; index < sequences.Count; index++)
        {
            Ids($"{option}[{index}]", sequences[index], shape);
            if (sequences[index].Length == 0)
            {
                throw OptionError.Invalid($"{option}[{index}] is empty, but it needs at least one id: leave it out.");
            }
        }
    }

    private static void NotNull(string option, [NotNull] object? list)
    {
        if (list is null)
        {
            throw OptionError.Invalid($"{option} is null, but it is a list of ids: leave it out, or give an empty list.");
        }
    }

    private static ArgumentOutOfRangeException Outside(string option, int id, DecodingShape shape) => OptionError.OutOfRange(
        option, id, $"ids of {shape.Model} lie between 0 and {shape.Vocabulary - 1}: the tokeniser and the model do not belong together.");
}
