namespace Formwork.Text;

/// <summary>A model's normaliser or denormaliser as the file describes it; the values here are the format's defaults.</summary>
internal sealed class NormalizerSettings
{
    /// <summary>The rules, or none for <c>identity</c>.</summary>
    public CharacterMap? Map { get; set; }

    /// <summary>A space is put before the first word (or after the last), so that a word looks the same everywhere.</summary>
    public bool AddDummyPrefix { get; set; } = true;

    /// <summary>Spaces at both ends are dropped and runs of them become one.</summary>
    public bool RemoveExtraWhitespaces { get; set; } = true;

    /// <summary>A space is written U+2581.</summary>
    public bool EscapeWhitespaces { get; set; } = true;
}
