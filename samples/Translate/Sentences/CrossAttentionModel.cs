using Formwork;

namespace Translate.Sentences;

/// <summary>The whole model and the state that it works on, which keeps the cross-attention weights of the last translation.</summary>
internal sealed class CrossAttentionModel : ITranslationModel
{
    private readonly EnglishToFrench _model;
    private readonly StateMemory _memory;

    private CrossAttentionModel(EnglishToFrench model)
    {
        _model = model;
        _memory = model.CreateState();
    }

    public static CrossAttentionModel Load(string path) => new(EnglishToFrench.Load(path));

    public void Encode(ReadOnlySpan<int> source)
    {
        _model.Encode(source, _memory);
        _model.PrecomputeCrossCache(_memory);
    }

    public int Generate(ReadOnlySpan<int> source, Span<int> target) => _model.Generate(source, target, _memory);

    /// <summary>How much each source token counted in the step that produced one target token: weights that sum to 1.</summary>
    public ReadOnlySpan<float> CrossAttention(int layer, int head, int position)
    {
        EnglishToFrench.State state = _memory;
        return state.CrossAttention(layer, head, position);
    }

    public void Dispose()
    {
        _memory.Dispose();
        _model.Dispose();
    }
}
