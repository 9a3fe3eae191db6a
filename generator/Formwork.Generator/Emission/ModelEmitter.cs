using Formwork.Generator.Lowering;
using Formwork.Generator.Model;

namespace Formwork.Generator.Emission;

/// <summary>Prints the public face: loading, generating, scoring, disposing.</summary>
internal static class ModelEmitter
{
    private const string Loading =
        """
        /// <summary>Loads weights from a safetensors file, which are packed in memory, or from a file that <see cref="Save"/> wrote, which are ready to use.</summary>
        /// <param name="path">The file's path.</param>
        THREADS
        /// <param name="storage">Where packed weights stay: mapped in their file, which takes no time, or copied.</param>
        /// <exception cref="global::Formwork.Weights.WeightLoadException">The file is missing, damaged, or another model's; the message says what is wrong and what to do.</exception>
        RANGE
        public static NAME Load(string path, int threads = 1, weights::WeightStorage storage = weights::WeightStorage.Mapped) =>
            new(WORKERS.Checked(threads), weights::WeightFile.Load(path, Layout, storage, Manifest));

        /// <summary>Loads the weights of an open safetensors file; the file may be closed afterwards.</summary>
        /// <param name="file">The file.</param>
        THREADS
        /// <exception cref="global::Formwork.Weights.WeightLoadException">The file is damaged, or another model's.</exception>
        RANGE
        public static NAME Load(weights::SafetensorsFile file, int threads = 1) =>
            new(WORKERS.Checked(threads), weights::WeightLoader.Load(file, Manifest()));

        /// <summary>Loads the weights of a file in memory, of either kind, an embedded resource for example; the bytes are not needed afterwards.</summary>
        /// <param name="bytes">The file's bytes.</param>
        THREADS
        /// <exception cref="global::Formwork.Weights.WeightLoadException">The bytes are damaged, or another model's.</exception>
        RANGE
        public static NAME Load(global::System.ReadOnlyMemory<byte> bytes, int threads = 1) =>
            new(WORKERS.Checked(threads), weights::WeightFile.Load(bytes, Layout, Manifest));

        /// <summary>Writes the weights as they are packed (<c>.fw</c>), for this declaration to load without converting them. The file appears complete or not at all.</summary>
        /// <param name="path">The file's path; a file that is there is replaced.</param>
        /// <exception cref="global::Formwork.Weights.WeightSaveException">The file could not be written; what was there is unchanged.</exception>
        public void Save(string path)
        {
            _lifetime.Enter();
            try
            {
                weights::PackedWeights.Save(path, Layout, _weights);
            }
            finally
            {
                _lifetime.Exit();
            }
        }

        /// <summary>Allocates memory for a state of its own: one for each thread that decodes, or for each run driven step by step.</summary>
        public global::Formwork.StateMemory CreateState() => new(StateBytes);
        """;

    private const string EmbeddedLoading =
        """
        /// <summary>Loads the weights that are embedded in this assembly as the resource <see cref="EmbeddedWeights"/>.</summary>
        THREADS
        /// <param name="storage">Where packed weights stay: where they lie in the assembly, which takes no time and no memory, or copied.</param>
        /// <exception cref="global::Formwork.Weights.WeightLoadException">The resource is missing, damaged, or another model's; the message says what is wrong and what to do.</exception>
        RANGE
        public static NAME Load(int threads = 1, weights::WeightStorage storage = weights::WeightStorage.Mapped) =>
            new(WORKERS.Checked(threads), weights::WeightResource.Load(typeof(NAME).Assembly, EmbeddedWeights, Layout, storage, Manifest));

        """;

    private const string Construction =
        """
        private readonly WORKERS? _workers;

        private readonly global::Formwork.Lifetime _lifetime;

        private NAME(int threads, weights::WeightMemory memory)
        {
            _weights = memory;
            _workers = WORKERS.Create(threads);
            _lifetime = new(_workers, _weights);
        }
        """;

    private const string Threads =
        """/// <param name="threads">Threads that one call works with at most, the calling one included. The results do not depend on it.</param>""";

    private const string Range =
        """/// <exception cref="global::System.ArgumentOutOfRangeException"><paramref name="threads"/> is below 1, or beyond all sense.</exception>""";

    private const string Generating =
        """
        /// <summary>Encodes a source and decodes it greedily. Nothing is allocated.</summary>
        /// <param name="source">Source ids, used as given: 1 to <see cref="SourceLength"/> of them.</param>
        /// <param name="target">Receives the target, without the start token and with <see cref="EndToken"/> where it is reached; at most <see cref="TargetLength"/> ids are written.</param>
        /// <param name="state">The state to work on.</param>
        /// <param name="cancellation">Ends the run between two tokens.</param>
        /// <returns>The number of ids written.</returns>
        /// <exception cref="global::System.ArgumentException">The source is empty or too long, or holds an id outside the vocabulary.</exception>
        /// <exception cref="global::Formwork.Generation.GenerationException">The logits held a NaN, or were all −∞.</exception>
        /// <exception cref="global::System.InvalidOperationException">Another call uses the state.</exception>
        /// <exception cref="global::System.OperationCanceledException">The run was cancelled; the state may be used again.</exception>
        public int Generate(global::System.ReadOnlySpan<int> source, global::System.Span<int> target, State state, CANCELLATION cancellation = default)
        {
            using global::Formwork.StateUse use = state.Use(_lifetime);
            StateDecoder decoder = new(this, state);
            decoder.Encode(source, slot: 0);
            int limit = global::System.Math.Min(target.Length, TargetLength);
            return generation::GreedySearch.Generate(ref decoder, StartToken, EndToken, target.Slice(0, limit), cancellation);
        }
        """;

    private const string OwnState =
        """
        private readonly global::Formwork.StateMemory _state = new(StateBytes);

        CONSTRUCTION

        LOADING

        /// <summary>Encodes a source and decodes it greedily on the model's own state: one thread at a time. Nothing is allocated.</summary>
        /// <inheritdoc cref="Generate(global::System.ReadOnlySpan{int}, global::System.Span{int}, State, CANCELLATION)"/>
        public int Generate(global::System.ReadOnlySpan<int> source, global::System.Span<int> target, CANCELLATION cancellation = default) =>
            Generate(source, target, _state, cancellation);

        GENERATING

        /// <summary>Refuses new calls, and frees the weights, the threads and the model's own state once no call is running.</summary>
        public void Dispose()
        {
            _lifetime.Dispose();
            _state.Dispose();DISPOSEBATCH
        }
        """;

    private const string StackState =
        """
        CONSTRUCTION

        LOADING

        /// <summary>Encodes a source and decodes it greedily; the whole state lives in this call's stack frame, so any number of threads may call at once.</summary>
        /// <inheritdoc cref="Generate(global::System.ReadOnlySpan{int}, global::System.Span{int}, State, CANCELLATION)"/>
        public int Generate(global::System.ReadOnlySpan<int> source, global::System.Span<int> target, CANCELLATION cancellation = default) =>
            Generate(source, target, State.Over(stackalloc byte[StateBytes]), cancellation);

        GENERATING

        /// <summary>Refuses new calls, and frees the weights and the threads once no call is running.</summary>
        public void Dispose()
        {
            _lifetime.Dispose();DISPOSEBATCH
        }
        """;

    private const string Greedy =
        """

        /// <summary>Steps the decoder on a state that the caller has in use.</summary>
        private readonly ref struct StateDecoder(NAME model, State state) : generation::IStepDecoder
        {
            private readonly State _state = state;

            public int NextToken(int token) => model.NextToken(token, _state);

            public void Encode(scoped global::System.ReadOnlySpan<int> source, int slot)
            {
                model.EncodeCore(source, _state);
                model.PrecomputeCore(_state);
            }
        }
        """;

    public static GeneratedFile Emit(ExecutionPlan plan) => GeneratedFile.Write(
        plan,
        "Model",
        [],
        writer =>
        {
            string body = plan.Spec.Options.StackOnly ? StackState : OwnState;
            writer.Line(body.Replace("DISPOSEBATCH", plan.Batch is null ? string.Empty : "\n    _batch?.Dispose();").Replace("LOADING", plan.Spec.Options.EmbeddedWeights is null ? Loading : EmbeddedLoading + Loading).Replace("CONSTRUCTION", Construction).Replace("THREADS", Threads).Replace("RANGE", Range).Replace("WORKERS", Types.Workers).Replace("GENERATING", Generating).Replace("CANCELLATION", Types.Cancellation).Replace("NAME", plan.Type.Name));
            if (plan.Spec.Options.Decoding == DecodingFeatures.None)
            {
                writer.Line(Greedy.Replace("NAME", plan.Type.Name));
            }
        },
        bases: " : global::System.IDisposable");
}
