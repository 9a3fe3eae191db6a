using Formwork.Weights;

namespace Formwork.Benchmarks.Checkpoints;

/// <summary>A published model's size in one weight type, declared by its <c>config.json</c>.</summary>
/// <param name="name">The checkpoint's name.</param>
/// <param name="weights">The weight type's name on the command line.</param>
/// <param name="weightBytes">Bytes of the packed weights.</param>
/// <param name="stateBytes">Bytes of a state.</param>
internal abstract class CheckpointModel(string name, string weights, long weightBytes, int stateBytes)
{
    /// <summary>The checkpoint's name.</summary>
    public string Name { get; } = name;

    /// <summary>The weight type's name on the command line.</summary>
    public string Weights { get; } = weights;

    /// <summary>Bytes of the packed weights.</summary>
    public long WeightBytes { get; } = weightBytes;

    /// <summary>Bytes of a state.</summary>
    public int StateBytes { get; } = stateBytes;

    /// <summary>Binds a name to the generated type that computes it; the type argument follows from its members.</summary>
    public static CheckpointModel Of<TModel>(
        string name, string weights, long weightBytes, int stateBytes, Func<string, int, WeightStorage, TModel> load, CheckpointMembers<TModel> members)
        where TModel : IDisposable => new Generated<TModel>(name, weights, weightBytes, stateBytes, load, members);

    /// <summary>Loads the weights of a file of either kind.</summary>
    /// <param name="path">The file.</param>
    /// <param name="threads">Threads that one call works with.</param>
    public abstract LoadedCheckpoint Load(string path, int threads);

    private sealed class Generated<TModel>(
        string name, string weights, long weightBytes, int stateBytes, Func<string, int, WeightStorage, TModel> load, CheckpointMembers<TModel> members)
        : CheckpointModel(name, weights, weightBytes, stateBytes)
        where TModel : IDisposable
    {
        public override LoadedCheckpoint Load(string path, int threads) => new Loaded(load(path, threads, WeightStorage.Mapped), StateBytes, members);

        private sealed class Loaded(TModel model, int stateBytes, CheckpointMembers<TModel> members) : LoadedCheckpoint
        {
            private readonly StateMemory _state = new(stateBytes);

            public override void Save(string path) => members.Save(model, path);

            public override void Encode(ReadOnlySpan<int> source) => members.Encode(model, source, _state);

            public override int Generate(ReadOnlySpan<int> source, Span<int> target) => members.Generate(model, source, target, _state);

            public override float[] Score(ReadOnlySpan<int> source, ReadOnlySpan<int> target) => members.Score(model, source, target);

            public override void Dispose()
            {
                _state.Dispose();
                model.Dispose();
            }
        }
    }
}
