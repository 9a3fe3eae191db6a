namespace Translate;

/// <summary>What the command line asks for, checked.</summary>
internal sealed record Settings
{
    /// <summary>The sentences given as arguments; none where they come from standard input.</summary>
    public required IReadOnlyList<string> Sentences { get; init; }

    public required string ModelFolder { get; init; }

    public required bool ShowAttention { get; init; }

    public required string? AttentionSvg { get; init; }

    /// <summary>Whether the links between English and French words are printed.</summary>
    public required bool Align { get; init; }

    /// <summary>The decoder layer to show, from 0, or null for the one that shows most.</summary>
    public required int? Layer { get; init; }

    /// <summary>Whether anything asked for is read from the cross-attention.</summary>
    public bool ReadsAttention => ShowAttention || AttentionSvg is not null || Align;

    public required bool WithoutCrossAttention { get; init; }

    public required bool Time { get; init; }

    public required DecodingSettings Decoding { get; init; }
}
