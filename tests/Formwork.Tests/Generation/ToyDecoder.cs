using Formwork.Generation;

namespace Formwork.Tests.Generation;

/// <summary>A decoder of a <see cref="ToyModel"/>.</summary>
/// <param name="memory">What it remembers and checks.</param>
internal readonly struct ToyDecoder(ToyMemory memory) : ISearchDecoder
{
    public int Vocabulary => memory.Vocabulary;

    public Span<float> Logits => memory.Logits;

    public void Encode(scoped ReadOnlySpan<int> source, int slot) => memory.Encode(source, slot);

    public void Prefill(scoped ReadOnlySpan<int> tokens, int lane, int position) => memory.Prefill(tokens, lane, position);

    public void Decode(scoped ReadOnlySpan<int> tokens, scoped ReadOnlySpan<int> lanes, scoped ReadOnlySpan<int> positions) =>
        memory.Decode(tokens, lanes, positions);

    public void CopyLane(int source, int destination, int positions) => memory.CopyLane(source, destination, positions);

    public void AddCrossAttention(int row, scoped Span<float> coverage) => memory.AddCrossAttention(row, coverage);
}
