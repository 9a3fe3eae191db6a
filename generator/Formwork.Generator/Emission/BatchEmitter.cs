using Formwork.Generator.Lowering;
using Formwork.Generator.Model;

namespace Formwork.Generator.Emission;

/// <summary>Prints the decoding of several hypotheses at once: of one source, or of several.</summary>
internal static class BatchEmitter
{
    private const string Creating =
        """
        private global::Formwork.BatchMemory? _batch;

        /// <summary>Allocates memory for <see cref="MaxBatch"/> sources of <see cref="MaxBeams"/> hypotheses each, decoded together: one for each thread that does so.</summary>
        public global::Formwork.BatchMemory CreateBatch() => new(BatchBytes);
        """;

    private const string Greedy =
        """

        /// <summary>Encodes and decodes many sources greedily, up to <see cref="MaxBatch"/> of them at once; each target is the one that Generate gives.</summary>
        /// <param name="sources">The sources' ids, one source after another.</param>
        /// <param name="sourceLengths">The sources' lengths: 1 to <see cref="SourceLength"/> each.</param>
        /// <param name="targets">Receives the targets, each in <see cref="TargetLength"/> ids of its own: [sources × <see cref="TargetLength"/>].</param>
        /// <param name="targetLengths">Receives the targets' lengths: [sources].</param>
        /// <param name="batch">The memory to work in.</param>
        /// <param name="cancellation">Ends the run between two tokens.</param>
        /// <exception cref="global::System.ArgumentException">A source is empty or too long or holds an id outside the vocabulary, or a span has the wrong length.</exception>
        /// <exception cref="global::Formwork.Generation.GenerationException">The logits of a source held a NaN, or were all −∞.</exception>
        /// <exception cref="global::System.InvalidOperationException">Another call uses the batch.</exception>
        /// <exception cref="global::System.OperationCanceledException">The run was cancelled.</exception>
        public void GenerateBatch(
            global::System.ReadOnlySpan<int> sources,
            global::System.ReadOnlySpan<int> sourceLengths,
            global::System.Span<int> targets,
            global::System.Span<int> targetLengths,
            Batch batch,
            CANCELLATION cancellation = default)
        {
            generation::Check.Batch(sources, sourceLengths, SourceLength, SourceVocabSize, targets.Length, TargetLength, targetLengths.Length);
            using global::Formwork.StateUse use = batch.Use(_lifetime);
            BatchDecoder decoder = new(this, batch);
            generation::BatchSearch.Generate(
                ref decoder, sources, sourceLengths, targets, targetLengths, TargetLength, StartToken, EndToken, MaxBatch, cancellation);
        }

        /// <summary>The same in the model's own memory, which the first call allocates: one thread at a time.</summary>
        /// <param name="sources">The sources' ids.</param>
        /// <param name="cancellation">Ends the run between two tokens.</param>
        /// <returns>The targets, in arrays of their own.</returns>
        /// <exception cref="global::System.ArgumentException">A source is empty or too long, or holds an id outside the vocabulary.</exception>
        /// <exception cref="global::Formwork.Generation.GenerationException">The logits of a source held a NaN, or were all −∞.</exception>
        public int[][] GenerateBatch(global::System.Collections.Generic.IReadOnlyList<int[]> sources, CANCELLATION cancellation = default)
        {
            generation::BatchArrays arrays = new(sources, TargetLength);
            GenerateBatch(arrays.Sources, arrays.SourceLengths, arrays.Targets, arrays.TargetLengths, _batch ??= CreateBatch(), cancellation);
            return arrays.ToJagged();
        }
        """;

    private const string Scoring =
        """

        /// <summary>Log-probability of each target token, several positions in one pass. Nothing is allocated.</summary>
        /// <param name="source">Source ids.</param>
        /// <param name="target">Target ids in the form that Generate returns: without the start token.</param>
        /// <param name="logProbabilities">Receives the natural logarithms: [target length].</param>
        /// <param name="batch">The memory to work in.</param>
        /// <exception cref="global::System.ArgumentException">An argument has the wrong length, or holds an id outside the vocabulary.</exception>
        /// <exception cref="global::System.InvalidOperationException">Another call uses the batch.</exception>
        public void Score(global::System.ReadOnlySpan<int> source, global::System.ReadOnlySpan<int> target, global::System.Span<float> logProbabilities, Batch batch)
        {
            generation::Check.Target(target, TargetLength, TargetVocabSize, logProbabilities.Length);
            using global::Formwork.StateUse use = batch.Use(_lifetime);
            BatchDecoder decoder = new(this, batch);
            decoder.Encode(source, slot: 0);
            generation::TargetScore.Run(ref decoder, StartToken, maskedToken: MASKED, target, logProbabilities);
        }
        """;

    private const string Searching =
        """

        /// <summary>Encodes a source and searches its target, several hypotheses at once. Nothing is allocated.</summary>
        /// <param name="source">Source ids, used as given: 1 to <see cref="SourceLength"/> of them.</param>
        /// <param name="search">A search of this model; afterwards it holds the hypotheses.</param>
        /// <param name="batch">The memory to work in.</param>
        /// <param name="cancellation">Ends the run between two tokens.</param>
        /// <exception cref="global::System.ArgumentException">The source is empty or too long or holds an id outside the vocabulary, or the search belongs to another model.</exception>
        /// <exception cref="global::Formwork.Generation.GenerationException">The logits were of no use, or the rules left no token.</exception>
        /// <exception cref="global::System.InvalidOperationException">Another call uses the batch or the search.</exception>
        /// <exception cref="global::System.OperationCanceledException">The run was cancelled; batch and search may be used again.</exception>
        public void Generate(global::System.ReadOnlySpan<int> source, generation::Search search, Batch batch, CANCELLATION cancellation = default)
        {
            generation::Check.Search(search, Decoding, MaxBeams);
            using global::Formwork.StateUse use = batch.Use(_lifetime);
            BatchDecoder decoder = new(this, batch);
            generation::SearchLoop.Run(ref decoder, search, source, cancellation);
        }
        """;

    private const string Alternatives =
        """

        private generation::Alternative[] Alternatives(
            global::System.ReadOnlySpan<int> source, global::System.ReadOnlySpan<int> prefix, int count, generation::Search search, Batch batch, CANCELLATION cancellation)
        {
            using global::Formwork.StateUse use = batch.Use(_lifetime);
            BatchDecoder decoder = new(this, batch);
            return generation::AlternativeSearch.Run(ref decoder, search, source, prefix, count, cancellation);
        }
        """;

    private const string SearchingMany =
        """

        /// <summary>Makes <see cref="MaxBatch"/> searches, one for each source that is searched at once.</summary>
        /// <param name="options">What to search for and by which rules.</param>
        /// <exception cref="global::System.ArgumentException">The options contradict each other, or the declaration.</exception>
        public generation::Search[] CreateSearches(generation::GenerationOptions options)
        {
            var searches = new generation::Search[MaxBatch];
            for (int slot = 0; slot < searches.Length; slot++)
            {
                searches[slot] = CreateSearch(options);
            }

            return searches;
        }

        /// <summary>Encodes many sources and searches their targets, up to <see cref="MaxBatch"/> sources at once; each gets the hypotheses that it gets alone. Nothing is allocated.</summary>
        /// <param name="sources">The sources' ids, one source after another.</param>
        /// <param name="sourceLengths">The sources' lengths: 1 to <see cref="SourceLength"/> each.</param>
        /// <param name="searches">What <see cref="CreateSearches"/> made.</param>
        /// <param name="finished">Receives each source's hypotheses as soon as its search has ended.</param>
        /// <param name="batch">The memory to work in.</param>
        /// <param name="cancellation">Ends the run between two tokens.</param>
        /// <exception cref="global::System.ArgumentException">A source is empty or too long or holds an id outside the vocabulary, or the searches are not those of one batch of this model.</exception>
        /// <exception cref="global::Formwork.Generation.GenerationException">The logits of a source were of no use, or the rules left no token.</exception>
        /// <exception cref="global::System.InvalidOperationException">Another call uses the batch or a search.</exception>
        /// <exception cref="global::System.OperationCanceledException">The run was cancelled.</exception>
        public void GenerateBatch(
            global::System.ReadOnlySpan<int> sources,
            global::System.ReadOnlySpan<int> sourceLengths,
            global::System.ReadOnlySpan<generation::Search> searches,
            generation::SearchFinished finished,
            Batch batch,
            CANCELLATION cancellation = default)
        {
            generation::Check.Batch(sources, sourceLengths, SourceLength, SourceVocabSize);
            generation::Check.Searches(searches, Decoding, MaxBatch);
            using global::Formwork.StateUse use = batch.Use(_lifetime);
            BatchDecoder decoder = new(this, batch);
            generation::SearchBatch.Run(ref decoder, searches, sources, sourceLengths, finished, cancellation);
        }

        /// <summary>The same in the model's own memory, which the first call allocates: one thread at a time.</summary>
        /// <param name="sources">The sources' ids.</param>
        /// <param name="options">What to search for and by which rules.</param>
        /// <param name="cancellation">Ends the run between two tokens.</param>
        /// <returns>Each source's hypotheses, the best one first.</returns>
        /// <exception cref="global::System.ArgumentException">The options contradict each other or the declaration, or a source is empty or too long or holds an id outside the vocabulary.</exception>
        /// <exception cref="global::Formwork.Generation.GenerationException">The logits of a source were of no use, or the rules left no token.</exception>
        public generation::ScoredTarget[][] GenerateBatch(
            global::System.Collections.Generic.IReadOnlyList<int[]> sources, generation::GenerationOptions options, CANCELLATION cancellation = default)
        {
            generation::BatchArrays arrays = new(sources, limit: 0);
            var targets = new generation::ScoredTarget[sources.Count][];
            GenerateBatch(
                arrays.Sources, arrays.SourceLengths, CreateSearches(options), (source, search) => targets[source] = search.ToArray(), _batch ??= CreateBatch(), cancellation);
            return targets;
        }
        """;

    private const string BatchSummary =
        """

        /// <summary>
        /// Memory for <see cref="MaxBatch"/> sources: a state for each, self-attention caches for all hypotheses but its first, and the rows that are
        /// decoded together. It is a view of memory that somebody else owns; one thread uses it at a time.
        /// </summary>
        """;

    private const string Batch =
        """
        private readonly global::System.Span<byte> _memory;

        private Batch(global::System.Span<byte> memory) => _memory = memory;

        /// <summary>Uses the caller's memory.</summary>
        /// <param name="memory">At least <see cref="BatchBytes"/> bytes; at a multiple of 4, fastest at one of 64.</param>
        /// <exception cref="global::System.ArgumentException">The memory is too small.</exception>
        public static Batch Over(global::System.Span<byte> memory)
        {
            generation::Check.BatchMemory(memory.Length, BatchBytes);
            return new(memory.Slice(0, BatchBytes));
        }

        /// <summary>Uses memory from <see cref="CreateBatch"/>.</summary>
        public static implicit operator Batch(global::Formwork.BatchMemory memory) => Over(memory.Bytes);

        internal State this[int slot] => State.Over(_memory.Slice(slot * StateBytes, StateBytes));

        /// <summary>Begins a call on this batch, which ends when the result is disposed.</summary>
        internal global::Formwork.StateUse Use(global::Formwork.Lifetime lifetime) => this[0].Use(lifetime);
        """;

    private const string OneLane =
        """

        internal State Source(int lane) => this[lane];

        internal SelfCache SelfCache(int lane) => this[lane].SelfCache;

        private global::System.Span<float> Rows => global::System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(_memory.Slice(MaxBatch * StateBytes));
        """;

    private const string ManyLanes =
        """

        /// <summary>The state of the source that a lane belongs to: its hypotheses share everything but the self-attention caches.</summary>
        internal State Source(int lane) => this[lane / MaxBeams];

        /// <summary>A lane's self-attention caches: those of the source's state for its first hypothesis, and blocks behind the states for the others.</summary>
        internal SelfCache SelfCache(int lane)
        {
            (int slot, int beam) = global::System.Math.DivRem(lane, MaxBeams);
            return beam == 0
                ? this[slot].SelfCache
                : new(BehindStates.Slice(((slot * (MaxBeams - 1)) + beam - 1) * SelfCacheFloats, SelfCacheFloats));
        }

        private global::System.Span<float> BehindStates => global::System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(_memory.Slice(MaxBatch * StateBytes));

        private global::System.Span<float> Rows => BehindStates.Slice(MaxBatch * (MaxBeams - 1) * SelfCacheFloats);
        """;

    private const string Recorded =
        """

        internal global::System.Span<float> RecordedCrossAttention(int layer, int row)
        {
            int index = global::System.MemoryExtensions.IndexOf(RecordedLayers, layer);
            return CrossAttention(MaxRows).Slice(((row * RecordedLayers.Length) + index) * State.RecordedFloats, State.RecordedFloats);
        }

        /// <summary>Adds the mean of a row's cross-attention weights.</summary>
        internal void AddCrossAttention(int row, global::System.Span<float> coverage) => kernels::RecordedAttention.AddMean(
            CrossAttention(MaxRows).Slice(row * RecordedLayers.Length * State.RecordedFloats), RecordedLayers.Length, State.RecordedFloats, RecordedHeads.Length, SourceCapacity, coverage);
        """;

    private const string GreedyDecoder =
        """

        public void Encode(scoped global::System.ReadOnlySpan<int> source, int slot)
        {
            model.EncodeCore(source, _batch[slot]);
            model.PrecomputeCore(_batch[slot]);
        }
        """;

    private const string GreedyNextTokens =
        """

        public void NextTokens(scoped global::System.ReadOnlySpan<int> tokens, scoped global::System.ReadOnlySpan<int> slots, scoped global::System.Span<int> nextTokens)
        {
            int rows = slots.Length;
            global::System.Span<int> lanes = stackalloc int[MaxBatch];
            global::System.Span<int> positions = stackalloc int[MaxBatch];
            for (int row = 0; row < rows; row++)
            {
                lanes[row] = slots[row] * MaxBeams;
                positions[row] = _batch[slots[row]].Position;
                _batch[slots[row]].Advance();
            }

            model.NextTokens(tokens, lanes.Slice(0, rows), positions.Slice(0, rows), _batch, nextTokens);
        }
        """;

    private const string SearchDecoder =
        """

        public int Vocabulary => TargetVocabSize;

        public global::System.Span<float> Logits => _batch.Logits(MaxRows);

        public void Prefill(scoped global::System.ReadOnlySpan<int> tokens, int lane, int position)
        {
            const int MostRows = MaxRows < 64 ? MaxRows : 64;
            global::System.Span<int> lanes = stackalloc int[MostRows];
            global::System.Span<int> positions = stackalloc int[MostRows];
            lanes.Fill(lane);
            for (int start = 0; start < tokens.Length; start += MostRows)
            {
                int rows = global::System.Math.Min(MostRows, tokens.Length - start);
                for (int row = 0; row < rows; row++)
                {
                    positions[row] = position + start + row;
                }

                model.DecodeRows(tokens.Slice(start, rows), lanes.Slice(0, rows), positions.Slice(0, rows), _batch);
            }
        }

        public void Decode(scoped global::System.ReadOnlySpan<int> tokens, scoped global::System.ReadOnlySpan<int> lanes, scoped global::System.ReadOnlySpan<int> positions) =>
            model.DecodeLogits(tokens, lanes, positions, _batch);

        public void CopyLane(int source, int destination, int positions)
        {
            COPYLANE
        }

        public void AddCrossAttention(int row, scoped global::System.Span<float> coverage)
        {
            COVERAGE
        }
        """;

    private const string Rows = "scoped global::System.ReadOnlySpan<int> tokens, scoped global::System.ReadOnlySpan<int> lanes, scoped global::System.ReadOnlySpan<int> positions, Batch batch";

    /// <summary>Prints the file of a model that has a batch.</summary>
    public static GeneratedFile Emit(ExecutionPlan plan, BatchPlan batch) => GeneratedFile.Write(plan, "Batch", [], writer =>
    {
        OptionSpec options = plan.Spec.Options;
        Print(Creating);
        Print(Greedy, batch.NextTokens is not null);
        Print(Scoring, options.Has(DecodingFeatures.Scoring));
        Print(Searching, options.Has(DecodingFeatures.Search));
        Print(SearchingMany, options.Has(DecodingFeatures.Search) && options.MaxBatch > 1);
        Print(Alternatives, options.Has(DecodingFeatures.Alternatives) && options.MaxBeams > 1);
        Print(BatchSummary);
        View(writer, plan, batch);
        writer.Line();
        Decoder(writer, plan, batch);
        writer.Line();
        Method(writer, plan, batch.Hidden, $"private void DecodeRows({Rows})");
        if (batch.Logits is { } logits)
        {
            writer.Line();
            Method(writer, plan, logits, $"private void DecodeLogits({Rows})");
        }

        if (batch.NextTokens is { } next)
        {
            writer.Line();
            Method(writer, plan, next, $"private void NextTokens({Rows}, scoped global::System.Span<int> nextTokens)");
        }

        foreach (MethodPlan layer in batch.Layers)
        {
            writer.Line();
            Method(writer, plan, layer, $"private void {layer.Name}(scoped {Types.ReadOnlyIds} lanes, scoped {Types.ReadOnlyIds} positions, Batch batch)");
        }

        void Print(string text, bool isNeeded = true)
        {
            if (isNeeded)
            {
                writer.Line(text.Replace("CANCELLATION", Types.Cancellation).Replace("MASKED", plan.Spec.Tokens.MaskPad ? "PadToken" : "-1"));
            }
        }
    });

    private static void View(SourceWriter writer, ExecutionPlan plan, BatchPlan batch)
    {
        using (writer.Block("public readonly ref struct Batch"))
        {
            writer.Line(Batch);
            writer.Line(plan.Spec.Options.MaxBeams > 1 ? ManyLanes : OneLane);
            for (int index = 0; index < batch.Rows.Slots.Count; index++)
            {
                MemorySlot slot = batch.Rows.Slots[index];
                writer.Line();
                writer.Line($"internal {Types.Floats} {Identifier.Pascal(slot.Name)}(int rows) => Rows.Slice({slot.Offset}, rows * {batch.RowWidths[index].Text});");
            }

            if (plan.Spec.Options.Recording is not null && batch.Logits is not null)
            {
                writer.Line(Recorded);
            }
        }
    }

    private static void Decoder(SourceWriter writer, ExecutionPlan plan, BatchPlan batch)
    {
        OptionSpec options = plan.Spec.Options;
        string[] interfaces =
        [
            .. batch.NextTokens is null ? Array.Empty<string>() : ["generation::IBatchDecoder"],
            .. batch.Logits is null ? Array.Empty<string>() : ["generation::ISearchDecoder"],
        ];
        writer.Summary("Steps the rows of a batch that the caller has in use.");
        using (writer.Block($"private readonly ref struct BatchDecoder({plan.Type.Name} model, Batch batch) : {string.Join(", ", interfaces)}"))
        {
            writer.Line("private readonly Batch _batch = batch;");
            writer.Line(GreedyDecoder);
            if (batch.NextTokens is not null)
            {
                writer.Line(GreedyNextTokens);
            }

            if (batch.Logits is not null)
            {
                writer.Line(SearchDecoder
                    .Replace("COPYLANE", options.MaxBeams > 1
                        ? "_batch.SelfCache(destination).CopyFrom(_batch.SelfCache(source), positions);"
                        : "// A source has one hypothesis, so no search asks for this.")
                    .Replace("COVERAGE", options.Recording is not null
                        ? "_batch.AddCrossAttention(row, coverage);"
                        : "// No weights are recorded, so no search asks for this."));
            }
        }
    }

    private static void Method(SourceWriter writer, ExecutionPlan plan, MethodPlan method, string signature)
    {
        writer.Summary(method.Summary);
        MethodEmitter.Emit(
            writer,
            plan,
            method with { Locals = EquatableArray<StateLocal>.Empty },
            signature,
            before: () =>
            {
                writer.Line("int rows = lanes.Length;");
                foreach (StateLocal local in method.Locals)
                {
                    writer.Line($"{Types.Floats} {local.Name} = batch.{local.Slot}(rows);");
                }
            });
    }
}
