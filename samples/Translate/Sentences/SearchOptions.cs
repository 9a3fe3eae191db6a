using Formwork.Generation;
using Formwork.Text;

namespace Translate.Sentences;

/// <summary>Turns what the command line says into the options of a search. Texts become pieces on the way.</summary>
internal static class SearchOptions
{
    public static GenerationOptions Of(DecodingSettings settings, SentencePieceModel tokenizer)
    {
        int[][] phrases = [.. settings.Phrases.Select(phrase => TargetPieces.Of(phrase, "--force", tokenizer))];
        TypedPrefix? prefix = settings.Prefix is null ? null : new TypedPrefix(settings.Prefix, wordMayGoOn: settings.Alternatives is null, tokenizer);
        RefuseTooLong(prefix?.MostPieces ?? 0, phrases);
        return new GenerationOptions
        {
            Beams = settings.Beams ?? 1,
            NBest = settings.NBest ?? 1,
            Sample = settings.Sample,
            Temperature = settings.Temperature ?? 1,
            TopK = settings.TopK ?? 0,
            TopP = settings.TopP ?? 1,
            Seed = settings.Sample ? settings.Seed ?? (ulong)Random.Shared.NextInt64() : 0,
            Prefix = prefix?.Tokens ?? [],
            AllowedTokens = prefix is { IsOpen: true } ? prefix.Allow : null,
            Phrases = phrases,
        };
    }

    // The search would refuse this too, in terms of ids.
    private static void RefuseTooLong(int prefix, int[][] phrases)
    {
        const int MostPhrases = 64;
        if (phrases.Length > MostPhrases)
        {
            throw new UserErrorException($"--force is given {phrases.Length} times, and at most {MostPhrases} phrases can be followed");
        }

        int pieces = prefix + phrases.Sum(phrase => phrase.Length);
        if (pieces >= EnglishToFrench.TargetLength)
        {
            throw new UserErrorException(
                $"what --prefix and --force ask for has {pieces} pieces, and a translation has room for {EnglishToFrench.TargetLength - 1}; shorten it");
        }
    }
}
