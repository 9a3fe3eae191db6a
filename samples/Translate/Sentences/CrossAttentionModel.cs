using Formwork;
using Formwork.Generation;

namespace Translate.Sentences;

/// <summary>The whole model and the memory that it works on, which keeps the cross-attention weights of the last target followed alone.</summary>
internal sealed class CrossAttentionModel : ITranslationModel
{
    private readonly EnglishToFrench _model;
    private readonly StateMemory _memory;
    private readonly float[] _logProbabilities = new float[EnglishToFrench.TargetLength];
    private BatchMemory? _batch;

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

    public Search CreateSearch(GenerationOptions options) => _model.CreateSearch(options);

    /// <summary>Searches the targets of a source; the search holds them afterwards.</summary>
    public void Generate(ReadOnlySpan<int> source, Search search)
    {
        if (search.MaxRows == 1)
        {
            _model.Generate(source, search, _memory);
        }
        else
        {
            _model.Generate(source, search, _batch ??= _model.CreateBatch());
        }
    }

    /// <summary>Searches the target of a source token by token, without the search's prefix.</summary>
    public EnglishToFrench.TokenStream Stream(ReadOnlySpan<int> source, Search search) => _model.Stream(source, search, _memory);

    /// <summary>The most probable tokens after a prefix, each with what follows it.</summary>
    public Alternative[] Alternatives(ReadOnlySpan<int> source, int count, GenerationOptions options) =>
        _model.Alternatives(source, [.. options.Prefix], count, options);

    /// <summary>Follows a target that is known, so that <see cref="CrossAttention"/> is that of this target.</summary>
    public void Follow(ReadOnlySpan<int> source, ReadOnlySpan<int> target) =>
        _model.Score(source, target, _logProbabilities.AsSpan(0, target.Length), _memory);

    /// <summary>How much each source token counted in the step that produced one target token: weights that sum to 1.</summary>
    public ReadOnlySpan<float> CrossAttention(int layer, int head, int position)
    {
        EnglishToFrench.State state = _memory;
        return state.CrossAttention(layer, head, position);
    }

    public void Dispose()
    {
        _batch?.Dispose();
        _memory.Dispose();
        _model.Dispose();
    }
}
