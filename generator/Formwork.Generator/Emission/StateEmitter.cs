using Formwork.Generator.Lowering;

namespace Formwork.Generator.Emission;

/// <summary>Prints the state: a view over caller-provided memory with a property for each slot.</summary>
internal static class StateEmitter
{
    private const string Opening =
        """
        /// <summary>
        /// What one decoding run keeps: the encoder's output, the self-attention and cross-attention caches, and the position. It is a view
        /// of memory that somebody else owns; one thread uses it at a time.
        /// </summary>
        """;

    private const string Construction =
        """
        private const int HeaderFloats = HEADERFLOATS;
        private readonly global::System.Span<float> _memory;

        private State(global::System.Span<float> memory) => _memory = memory;

        /// <summary>Number of source tokens that were encoded.</summary>
        public int EncodedLength => Header[2];

        /// <summary>The target position that the next step decodes.</summary>
        public int Position => Header[3];

        /// <summary>Goes back to target position 0 of the same source; the cross cache stays.</summary>
        /// <exception cref="global::System.InvalidOperationException">The state is not ready to decode.</exception>
        public void Rewind()
        {
            generation::Check.Ready(Phase);
            Header[3] = 0;
        }

        private global::System.Span<int> Header => global::System.Runtime.InteropServices.MemoryMarshal.Cast<float, int>(_memory.Slice(0, HeaderFloats));

        private global::System.Span<float> Slots => _memory.Slice(HeaderFloats);

        /// <summary>Uses the caller's memory. What a former state left in it stays valid, so the view may be made anew at any time.</summary>
        /// <param name="memory">At least <see cref="StateBytes"/> bytes; at a multiple of 4, fastest at one of 64.</param>
        /// <exception cref="global::System.ArgumentException">The memory is too small.</exception>
        public static State Over(global::System.Span<byte> memory)
        {
            generation::Check.StateMemory(memory.Length, StateBytes);
            return new(global::System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(memory.Slice(0, StateBytes)));
        }

        /// <summary>Uses memory from <see cref="CreateState"/>.</summary>
        public static implicit operator State(global::Formwork.StateMemory memory) => Over(memory.Bytes);
        """;

    private const string Phases =
        """
        /// <summary>Marks the state as empty while the encoder writes over what was there.</summary>
        internal void MarkEmpty()
        {
            Header[1] = (int)generation::StatePhase.Empty;
            Header[5]++;
        }

        /// <summary>Marks the encoder's output as written; decoding has to wait for the cross cache.</summary>
        internal void MarkEncoded(int sourceLength)
        {
            Header[0] = StateTag;
            Header[1] = (int)generation::StatePhase.Encoded;
            Header[2] = sourceLength;
            Header[3] = 0;
        }

        /// <summary>Marks the state as ready to decode from position 0.</summary>
        internal void MarkReady()
        {
            Header[1] = (int)generation::StatePhase.Ready;
        }

        /// <summary>Counts a decoded position.</summary>
        internal void Advance() => Header[3]++;

        /// <summary>Sets the target position that the next step decodes, at most the first that has not been decoded since the source was encoded.</summary>
        internal void MoveTo(int position) => Header[3] = position;

        /// <summary>Begins a call on this state, which ends when the result is disposed.</summary>
        internal global::Formwork.StateUse Use(global::Formwork.Lifetime lifetime) => new(ref Header[4], lifetime);

        /// <summary>Counts the sources that were encoded, to tell one run from the next.</summary>
        internal int Run => Header[5];

        /// <summary>How far this state has come; memory that this model has not written counts as empty.</summary>
        internal generation::StatePhase Phase =>
            Header[0] == StateTag ? (generation::StatePhase)Header[1] : generation::StatePhase.Empty;
        """;

    private const string Recording =
        """

        /// <summary>The cross-attention weights of a position that has been decoded: how much each source token counted. They sum to 1.</summary>
        /// <param name="layer">The decoder layer, from 0: one of <see cref="RecordedLayers"/>.</param>
        /// <param name="head">The head, from 0: one of <see cref="RecordedHeads"/>.</param>
        /// <param name="position">The target position, from 0: the step that produced target token number <paramref name="position"/>.</param>
        /// <returns>One weight a source token: [<see cref="EncodedLength"/>].</returns>
        /// <exception cref="global::System.ArgumentOutOfRangeException">The layer or head is not recorded, or the position not decoded.</exception>
        public global::System.ReadOnlySpan<float> CrossAttention(int layer, int head, int position)
        {
            generation::Check.Recorded(layer, RecordedLayers, head, RecordedHeads, position, Position);
            int row = global::System.MemoryExtensions.IndexOf(RecordedHeads, head);
            return RecordedCrossAttention(layer, position).Slice(row * SourceCapacity, EncodedLength);
        }

        /// <summary>The mean of a decoded position's cross-attention weights over all recorded layers and heads. It sums to 1.</summary>
        /// <param name="position">The target position, from 0: the step that produced target token number <paramref name="position"/>.</param>
        /// <param name="weights">Receives one weight a source token: [<see cref="EncodedLength"/>].</param>
        /// <exception cref="global::System.ArgumentOutOfRangeException">The position is not decoded.</exception>
        /// <exception cref="global::System.ArgumentException">The span has another length.</exception>
        public void AverageCrossAttention(int position, global::System.Span<float> weights)
        {
            generation::Check.Averaged(position, Position, weights.Length, EncodedLength);
            kernels::RecordedAttention.Mean(
                CrossAttentionWeights.Slice(position * RecordedFloats), RecordedLayers.Length, TargetLength * RecordedFloats, RecordedHeads.Length, SourceCapacity, weights);
        }

        /// <summary>Floats that a position of a recorded layer takes.</summary>
        internal static int RecordedFloats => RecordedHeads.Length * SourceCapacity;

        /// <summary>Adds the mean of a decoded position's cross-attention weights.</summary>
        internal void AddCrossAttention(int position, global::System.Span<float> coverage) => kernels::RecordedAttention.AddMean(
            CrossAttentionWeights.Slice(position * RecordedFloats), RecordedLayers.Length, TargetLength * RecordedFloats, RecordedHeads.Length, SourceCapacity, coverage);

        internal global::System.Span<float> RecordedCrossAttention(int layer, int position)
        {
            int row = global::System.MemoryExtensions.IndexOf(RecordedLayers, layer);
            return CrossAttentionWeights.Slice(((row * TargetLength) + position) * RecordedFloats, RecordedFloats);
        }
        """;

    private const string SelfCache =
        """/// <summary>The keys and values of one hypothesis in every layer's masked self-attention, one position a decoded token.</summary>""";

    private const string SelfCacheMembers =
        """
        private readonly global::System.Span<float> _memory = memory;

        internal global::System.Span<float> Keys(int layer) => _memory.Slice(2 * layer * HEADS * SelfCachePerHead, HEADS * SelfCachePerHead);

        internal global::System.Span<float> Values(int layer) => _memory.Slice(((2 * layer) + 1) * HEADS * SelfCachePerHead, HEADS * SelfCachePerHead);
        """;

    private const string SelfCacheCopy =
        """
        /// <summary>Copies another hypothesis' first positions.</summary>
        internal void CopyFrom(SelfCache source, int positions)
        {
            for (int layer = 0; layer < DecoderLayers; layer++)
            {
                kernels::AttentionCache.Copy(source.Keys(layer), source.Values(layer), Keys(layer), Values(layer), positions, HEADS, HEADDIM, TargetCapacity);
            }
        }
        """;

    public static GeneratedFile Emit(ExecutionPlan plan) => GeneratedFile.Write(plan, "State", [], writer =>
    {
        writer.Summary("Tells this model's state from other memory.");
        writer.Line($"private const int StateTag = {plan.StateTag};");
        writer.Line();
        writer.Line(Opening);
        using (writer.Block("public readonly ref struct State"))
        {
            writer.Line(Construction.Replace("HEADERFLOATS", $"{PlanLowering.StateHeaderFloats}"));
            foreach (MemorySlot slot in plan.State.Slots)
            {
                string slice = $"Slots.Slice({slot.Offset}, {slot.Length.Text})";
                writer.Line();
                writer.Line(slot.Name == StateLowering.SelfCache
                    ? $"internal SelfCache SelfCache => new({slice});"
                    : $"internal {Types.Floats} {slot.Name} => {slice};");
            }

            writer.Line();
            writer.Line(Phases);
            if (plan.Spec.Options.Recording is not null)
            {
                writer.Line(Recording);
            }
        }

        writer.Line();
        writer.Line(SelfCache.Replace("HEADS", plan.DecoderHeads.Text));
        using (writer.Block("internal readonly ref struct SelfCache(global::System.Span<float> memory)"))
        {
            writer.Line(SelfCacheMembers.Replace("HEADS", plan.DecoderHeads.Text));
            if (plan.Spec.Options.MaxBeams > 1)
            {
                writer.Line();
                writer.Line(SelfCacheCopy.Replace("HEADDIM", plan.DecoderHeadDim.Text).Replace("HEADS", plan.DecoderHeads.Text));
            }
        }
    });
}
