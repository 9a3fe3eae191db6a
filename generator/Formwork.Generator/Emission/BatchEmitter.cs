using Formwork.Generator.Lowering;

namespace Formwork.Generator.Emission;

/// <summary>Prints the decoding of several sources at once.</summary>
internal static class BatchEmitter
{
    private const string Public =
        """
        private global::Formwork.StateMemory? _batch;

        /// <summary>Allocates memory for <see cref="MaxBatch"/> sources that are decoded together: one for each thread that does so.</summary>
        public global::Formwork.StateMemory CreateBatch() => new(BatchBytes);

        /// <summary>Encodes and decodes many sources greedily, up to <see cref="MaxBatch"/> of them at once; each target is the one that Generate gives.</summary>
        /// <param name="sources">The sources' ids, one source after another.</param>
        /// <param name="sourceLengths">The sources' lengths: 1 to <see cref="SourceLength"/> each.</param>
        /// <param name="targets">Receives the targets, each in <see cref="TargetLength"/> ids of its own: [sources × <see cref="TargetLength"/>].</param>
        /// <param name="targetLengths">Receives the targets' lengths: [sources].</param>
        /// <param name="batch">The memory to work in.</param>
        /// <exception cref="global::System.ArgumentException">A source is empty or too long or holds an id outside the vocabulary, or a span has the wrong length.</exception>
        /// <exception cref="global::Formwork.Generation.GenerationException">The logits of a source held a NaN, or were all −∞.</exception>
        public void GenerateBatch(
            global::System.ReadOnlySpan<int> sources,
            global::System.ReadOnlySpan<int> sourceLengths,
            global::System.Span<int> targets,
            global::System.Span<int> targetLengths,
            Batch batch)
        {
            global::Formwork.Generation.Check.Batch(sources, sourceLengths, SourceLength, SourceVocabSize, targets.Length, TargetLength, targetLengths.Length);
            GreedyBatch decoder = new(this, batch);
            global::Formwork.Generation.BatchSearch.Generate(
                ref decoder, sources, sourceLengths, targets, targetLengths, TargetLength, StartToken, EndToken, MaxBatch);
            global::System.GC.KeepAlive(this);
        }

        /// <summary>The same in the model's own memory, which the first call allocates: one thread at a time.</summary>
        /// <param name="sources">The sources' ids.</param>
        /// <returns>The targets, in arrays of their own.</returns>
        /// <exception cref="global::System.ArgumentException">A source is empty or too long, or holds an id outside the vocabulary.</exception>
        /// <exception cref="global::Formwork.Generation.GenerationException">The logits of a source held a NaN, or were all −∞.</exception>
        public int[][] GenerateBatch(global::System.Collections.Generic.IReadOnlyList<int[]> sources)
        {
            _batch ??= CreateBatch();
            global::Formwork.Generation.BatchArrays arrays = new(sources, TargetLength);
            GenerateBatch(arrays.Sources, arrays.SourceLengths, arrays.Targets, arrays.TargetLengths, _batch);
            return arrays.ToJagged();
        }
        """;

    private const string BatchSummary =
        """/// <summary>Memory for <see cref="MaxBatch"/> lanes: a state for each, and the rows that they share. It is a view of memory that somebody else owns; one thread uses it at a time.</summary>""";

    private const string Batch =
        """
        private readonly global::System.Span<byte> _memory;

        private Batch(global::System.Span<byte> memory) => _memory = memory;

        /// <summary>Uses the caller's memory.</summary>
        /// <param name="memory">At least <see cref="BatchBytes"/> bytes; fastest where it starts on a multiple of 64.</param>
        /// <exception cref="global::System.ArgumentException">The memory is too small.</exception>
        public static Batch Over(global::System.Span<byte> memory)
        {
            global::Formwork.Generation.Check.BatchMemory(memory.Length, BatchBytes);
            return new(memory.Slice(0, BatchBytes));
        }

        /// <summary>Uses memory from <see cref="CreateBatch"/>.</summary>
        public static implicit operator Batch(global::Formwork.StateMemory memory) => Over(memory.Bytes);

        internal State this[int lane] => State.Over(_memory.Slice(lane * StateBytes, StateBytes));

        private global::System.Span<float> Rows => global::System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(_memory.Slice(MaxBatch * StateBytes));
        """;

    private const string Decoder =
        """

        /// <summary>Steps the lanes of a batch and picks the most probable tokens.</summary>
        private readonly ref struct GreedyBatch(NAME model, Batch batch) : global::Formwork.Generation.IBatchDecoder
        {
            private readonly Batch _batch = batch;

            public void Encode(scoped global::System.ReadOnlySpan<int> source, int lane)
            {
                model.Encode(source, _batch[lane]);
                model.PrecomputeCrossCache(_batch[lane]);
            }

            public void NextTokens(scoped global::System.ReadOnlySpan<int> tokens, scoped global::System.ReadOnlySpan<int> lanes, scoped global::System.Span<int> nextTokens) =>
                model.NextTokens(tokens, lanes, _batch, nextTokens);
        }
        """;

    /// <summary>Prints the file of a model that has a batch.</summary>
    public static GeneratedFile Emit(ExecutionPlan plan, BatchPlan batch) => GeneratedFile.Write(plan, "Batch", [], writer =>
    {
        writer.Line(Public);
        writer.Line();
        writer.Line(BatchSummary);
        using (writer.Block("public readonly ref struct Batch"))
        {
            writer.Line(Batch);
            for (int index = 0; index < batch.Rows.Slots.Count; index++)
            {
                MemorySlot slot = batch.Rows.Slots[index];
                writer.Line();
                writer.Line($"internal {Types.Floats} {Identifier.Pascal(slot.Name)}(int rows) => Rows.Slice({slot.Offset}, rows * {batch.RowWidths[index].Text});");
            }
        }

        writer.Line(Decoder.Replace("NAME", plan.Type.Name));
        writer.Line();
        Method(writer, plan, batch.Step, $"private void NextTokens(scoped {Types.ReadOnlyIds} tokens, scoped {Types.ReadOnlyIds} lanes, Batch batch, scoped global::System.Span<int> nextTokens)", after: () =>
        {
            writer.Line();
            using (writer.Block("foreach (int lane in lanes)"))
            {
                writer.Line("batch[lane].Advance();");
            }
        });
        foreach (MethodPlan layer in batch.Layers)
        {
            writer.Line();
            Method(writer, plan, layer, $"private void {layer.Name}(Batch batch, scoped {Types.ReadOnlyIds} lanes)", after: null);
        }
    });

    private static void Method(SourceWriter writer, ExecutionPlan plan, MethodPlan method, string signature, Action? after)
    {
        writer.Summary(method.Summary);
        MethodEmitter.Emit(
            writer,
            plan,
            method with { Locals = Model.EquatableArray<StateLocal>.Empty },
            signature,
            before: () =>
            {
                writer.Line("int rows = lanes.Length;");
                foreach (StateLocal local in method.Locals)
                {
                    writer.Line($"{Types.Floats} {local.Name} = batch.{local.Slot}(rows);");
                }
            },
            after);
    }
}
