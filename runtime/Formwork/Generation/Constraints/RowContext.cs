namespace Formwork.Generation.Constraints;

/// <summary>The hypothesis whose next token is to be chosen.</summary>
/// <param name="decoderIds">The start token and what has been produced since, the prefix included.</param>
/// <param name="prefixLength">Ids of the (hard) prefix.</param>
/// <param name="remaining">Ids that may still come, the end token included: 1 where the next one is the last.</param>
/// <param name="phrases">How far it has come with its phrases.</param>
internal readonly ref struct RowContext(ReadOnlySpan<int> decoderIds, int prefixLength, int remaining, PhraseProgress phrases)
{
    public ReadOnlySpan<int> DecoderIds { get; } = decoderIds;

    public int PrefixLength { get; } = prefixLength;

    public int Remaining { get; } = remaining;

    public PhraseProgress Phrases { get; } = phrases;

    /// <summary>What has been produced, the prefix included.</summary>
    public ReadOnlySpan<int> Target => DecoderIds[1..];
}
