using System.Collections.Frozen;

namespace Formwork.Text.Pretrained;

/// <summary>What a kind of tokeniser reads from its files; tokenisers for different languages share it.</summary>
internal sealed class TokenizerParts
{
    /// <summary>Cuts texts, and joins ids of the targets.</summary>
    public required ITextVocabulary Text { get; init; }

    /// <summary>Cuts texts behind a target that the program named, in which a target named by the text is plain text; null where texts name none.</summary>
    public ITextVocabulary? TextAfterTarget { get; init; }

    /// <summary>Spellings by id.</summary>
    public required ITokenNames Names { get; init; }

    /// <summary>What stands around a text.</summary>
    public required SourceLayout Layout { get; init; }

    public required int EndId { get; init; }

    /// <summary>The padding's id, or −1.</summary>
    public required int PadId { get; init; }

    public required int UnknownId { get; init; }

    /// <summary>Ids of languages by code.</summary>
    public FrozenDictionary<string, int> Languages { get; init; } = FrozenDictionary<string, int>.Empty;

    public string? DefaultSource { get; init; }

    public string? DefaultTarget { get; init; }
}
