using System.Text.Json;
using Formwork.Generation;
using Formwork.Generation.Constraints;

namespace Formwork.Golden.Tests;

/// <summary>Options as the goldens of searching record them.</summary>
internal static class SearchOptions
{
    /// <summary>Reads a set of options.</summary>
    /// <param name="options">Those that all sources share.</param>
    /// <param name="file">The golden file, for the end token.</param>
    /// <param name="own">Those of one source alone, or null.</param>
    public static GenerationOptions Read(JsonElement options, JsonElement file, JsonElement? own)
    {
        GenerationOptions result = new();
        foreach (JsonProperty option in options.EnumerateObject().Concat(own is { } element ? element.EnumerateObject() : []))
        {
            result = With(result, option.Name, option.Value, file.GetProperty("end").GetInt32());
        }

        return result;
    }

    private static GenerationOptions With(GenerationOptions options, string name, JsonElement value, int end) => name switch
    {
        "convention" => options with { Convention = Enum.Parse<ScoreConvention>(value.GetString()!) },
        "earlyStopping" => options with { EarlyStopping = Enum.Parse<EarlyStopping>(value.GetString()!) },
        "beams" => options with { Beams = value.GetInt32() },
        "nBest" => options with { NBest = value.GetInt32() },
        "lengthPenalty" => options with { LengthPenalty = value.GetSingle() },
        "coveragePenalty" => options with { CoveragePenalty = value.GetSingle() },
        "patience" => options with { Patience = value.GetSingle() },
        "minLength" => options with { MinLength = value.GetInt32() },
        "maxLength" => options with { MaxLength = value.GetInt32() },
        "repetitionPenalty" => options with { RepetitionPenalty = value.GetSingle() },
        "noRepeatNgram" => options with { NoRepeatNgram = value.GetInt32() },
        "suppressedTokens" => options with { SuppressedTokens = Ids(value) },
        "suppressedAtStart" => options with { SuppressedAtStart = Ids(value) },
        "suppressedSequences" => options with { SuppressedSequences = [.. value.EnumerateArray().Select(Ids)] },
        "forcedStart" => options with { ForcedStart = value.GetInt32() },
        "forcedEnd" => options with { ForcedEnd = value.GetInt32() },
        "prefix" => options with { Prefix = Ids(value) },
        "prefixBias" => options with { PrefixBias = value.GetSingle() },
        "allowed" => options with { AllowedTokens = Allowed(value.GetInt32(), end) },
        _ => throw new InvalidDataException($"The goldens know an option {name}, and this test does not."),
    };

    /// <summary>The rule that the goldens call <c>allowed</c>: it depends on the id and on the length of the target.</summary>
    private static AllowedTokens Allowed(int modulus, int end) => (target, allowed) =>
    {
        for (int id = 0; id < allowed.Vocabulary; id++)
        {
            if (id == end || (id + target.Length) % modulus != 0)
            {
                allowed.Add(id);
            }
        }
    };

    private static int[] Ids(JsonElement value) => [.. value.EnumerateArray().Select(static id => id.GetInt32())];
}
