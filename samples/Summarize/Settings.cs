using Formwork.Generation;

namespace Summarize;

/// <summary>What the command line asks for, checked.</summary>
internal sealed record Settings
{
    /// <summary>The model's directory.</summary>
    public required string Model { get; init; }

    /// <summary>The text's file, or null for standard input.</summary>
    public string? File { get; init; }

    /// <summary>What is put before the text; null for what the kind of model is used to.</summary>
    public string? Prefix { get; init; }

    /// <summary>Hypotheses followed side by side; null for what the model's files recommend.</summary>
    public int? Beams { get; init; }

    /// <summary>The most tokens of a summary; null for what the model's files recommend.</summary>
    public int? MaxLength { get; init; }

    public bool Stream { get; init; }

    public int Threads { get; init; } = 1;

    /// <summary>The recommended options with what the command line changes. A stream follows one hypothesis.</summary>
    public GenerationOptions Change(GenerationOptions recommended)
    {
        int beams = Stream ? 1 : Beams ?? recommended.Beams;
        int? maxLength = MaxLength ?? recommended.MaxLength;
        return recommended with
        {
            Beams = beams,
            NBest = 1,
            MaxLength = maxLength,
            MinLength = maxLength is { } most ? Math.Min(recommended.MinLength, most) : recommended.MinLength,
        };
    }
}
