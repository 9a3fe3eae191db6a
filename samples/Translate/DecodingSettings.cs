namespace Translate;

/// <summary>How the command line asks for targets to be searched, checked.</summary>
internal sealed record DecodingSettings
{
    /// <summary>Hypotheses followed side by side; null for greedy search.</summary>
    public int? Beams { get; init; }

    /// <summary>How many translations of each text are listed, or null for the best alone.</summary>
    public int? NBest { get; init; }

    public bool Scores { get; init; }

    /// <summary>How many ways to go on are listed, or null for none.</summary>
    public int? Alternatives { get; init; }

    /// <summary>What each translation begins with, as it was typed.</summary>
    public string? Prefix { get; init; }

    /// <summary>What has to appear in each translation.</summary>
    public IReadOnlyList<string> Phrases { get; init; } = [];

    public bool Sample { get; init; }

    public float? Temperature { get; init; }

    public int? TopK { get; init; }

    public float? TopP { get; init; }

    /// <summary>The seed, or null for another one in each run.</summary>
    public ulong? Seed { get; init; }

    public bool Stream { get; init; }

    /// <summary>Whether anything but the plain greedy translation is asked for.</summary>
    public bool IsSearch =>
        Beams is not null || NBest is not null || Scores || Alternatives is not null || Prefix is not null || Phrases.Count > 0 || Sample || Stream;
}
