using Formwork;

namespace Translate.Sentences;

/// <summary>The model without cross-attention and the state that it works on.</summary>
internal sealed class NoCrossAttentionModel : ITranslationModel
{
    private readonly EnglishToFrenchWithoutCrossAttention _model;
    private readonly StateMemory _memory;

    private NoCrossAttentionModel(EnglishToFrenchWithoutCrossAttention model)
    {
        _model = model;
        _memory = model.CreateState();
    }

    public static NoCrossAttentionModel Load(string path) => new(EnglishToFrenchWithoutCrossAttention.Load(path));

    // The encoder still runs, and its answer is there to be asked for; only nobody asks.
    public void Encode(ReadOnlySpan<int> source)
    {
        _model.Encode(source, _memory);
        _model.PrecomputeCrossCache(_memory);
    }

    public int Generate(ReadOnlySpan<int> source, Span<int> target) => _model.Generate(source, target, _memory);

    public void Dispose()
    {
        _memory.Dispose();
        _model.Dispose();
    }
}
