namespace Translate;

/// <summary>Refuses options that mean nothing together, before anything is loaded.</summary>
internal static class Nonsense
{
    public static void Refuse(Settings settings)
    {
        RefuseAttention(settings);
        RefuseSearches(settings.Decoding);
        RefuseSampling(settings.Decoding);
        RefuseStreaming(settings);
        RefuseAlternatives(settings);
        RefuseTexts(settings.Decoding);
    }

    private static void RefuseAttention(Settings settings)
    {
        RefuseIf(
            settings.WithoutCrossAttention && settings.ReadsAttention,
            "without cross-attention there is no attention to show; leave out --without-cross-attention, or --show-attention, --attention-svg and --align");
        RefuseIf(
            settings.Layer is not null && !settings.ReadsAttention,
            "--layer chooses what to draw or to align by; add --show-attention, --attention-svg or --align");
        RefuseIf(settings.AttentionSvg is not null && settings.Sentences.Count == 0, "--attention-svg needs the sentences as arguments");
        RefuseIf(settings.AttentionSvg is { Length: 0 }, "--attention-svg needs the name of a file");
        RefuseIf(
            settings.WithoutCrossAttention && settings.Decoding.IsSearch,
            "--without-cross-attention goes with plain greedy translations alone; leave it out, or the options that search in another way");
        RefuseIf(
            settings.ReadsAttention && settings.Decoding.NBest is not null,
            "--n-best lists several translations and attention is shown of one; leave out --n-best, or --show-attention, --attention-svg and --align");
    }

    private static void RefuseSearches(DecodingSettings decoding)
    {
        int beams = decoding.Beams ?? 1;
        RefuseIf(decoding.Sample && beams > 1, "--sample draws each translation on its own and --beam compares several; leave one of them out");
        RefuseIf(
            !decoding.Sample && decoding.NBest > beams,
            $"--n-best {decoding.NBest} lists more translations than --beam {beams} follows; raise --beam, or draw them with --sample");
    }

    private static void RefuseSampling(DecodingSettings decoding)
    {
        string? option =
            decoding.Temperature is not null ? "--temperature"
            : decoding.TopK is not null ? "--top-k"
            : decoding.TopP is not null ? "--top-p"
            : decoding.Seed is not null ? "--seed"
            : null;
        RefuseIf(!decoding.Sample && option is not null, $"{option} says how to draw and nothing is drawn; add --sample");
    }

    private static void RefuseStreaming(Settings settings)
    {
        DecodingSettings decoding = settings.Decoding;
        if (decoding.Stream)
        {
            RefuseIf(decoding.Beams > 1, "--stream prints words that stay and --beam may change its mind about them; leave one of them out");
            RefuseIf(decoding.NBest is not null, "--stream prints one translation and --n-best lists several; leave one of them out");
            RefuseIf(settings.Time, "--time measures translating alone and --stream prints in between; leave one of them out");
        }
    }

    private static void RefuseAlternatives(Settings settings)
    {
        DecodingSettings decoding = settings.Decoding;
        string? other =
            decoding.Sample ? "--sample"
            : decoding.NBest is not null ? "--n-best"
            : decoding.Scores ? "--scores"
            : decoding.Stream ? "--stream"
            : settings.ReadsAttention ? "--show-attention, --attention-svg or --align"
            : settings.Time ? "--time"
            : null;
        RefuseIf(decoding.Alternatives is not null && other is not null, $"--alternatives prints a list of its own, which does not go with {other}; leave one of them out");
    }

    private static void RefuseTexts(DecodingSettings decoding)
    {
        RefuseIf(decoding.Prefix is not null && string.IsNullOrWhiteSpace(decoding.Prefix), "--prefix needs the words that translations are to begin with");
        RefuseIf(decoding.Phrases.Any(string.IsNullOrWhiteSpace), "--force needs a phrase that is to appear");
    }

    private static void RefuseIf(bool isNonsense, string message)
    {
        if (isNonsense)
        {
            throw new UserErrorException(message);
        }
    }
}
