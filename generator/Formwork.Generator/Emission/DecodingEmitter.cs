using Formwork.Generator.Lowering;
using Formwork.Generator.Model;

namespace Formwork.Generator.Emission;

/// <summary>Prints what the declaration asks for beside greedy decoding: scoring, searches, streams, alternatives.</summary>
internal static class DecodingEmitter
{
    private const string Scoring =
        """
        /// <summary>Log-probability of each target token given the source and the tokens before it. Nothing is allocated.</summary>
        /// <param name="source">Source ids.</param>
        /// <param name="target">Target ids in the form that Generate returns: without the start token.</param>
        /// <param name="logProbabilities">Receives the natural logarithms: [target length].</param>
        /// <param name="state">The state to work on.</param>
        /// <exception cref="global::System.ArgumentException">An argument has the wrong length, or holds an id outside the vocabulary.</exception>
        /// <exception cref="global::System.InvalidOperationException">Another call uses the state.</exception>
        public void Score(global::System.ReadOnlySpan<int> source, global::System.ReadOnlySpan<int> target, global::System.Span<float> logProbabilities, State state)
        {
            generation::Check.Target(target, TargetLength, TargetVocabSize, logProbabilities.Length);
            using global::Formwork.StateUse use = state.Use(_lifetime);
            StateDecoder decoder = new(this, state);
            decoder.Encode(source, slot: 0);
            generation::TargetScore.Run(ref decoder, StartToken, maskedToken: MASKED, target, logProbabilities);
        }

        /// <summary>Log-probability of each target token in the model's own memory: one thread at a time.</summary>
        /// <inheritdoc cref="Score(global::System.ReadOnlySpan{int}, global::System.ReadOnlySpan{int}, global::System.Span{float}, State)"/>
        public void Score(global::System.ReadOnlySpan<int> source, global::System.ReadOnlySpan<int> target, global::System.Span<float> logProbabilities) =>
            Score(source, target, logProbabilities, SCORINGMEMORY);

        /// <summary>Log-probability of each target token given the source and the tokens before it, in an array of its own.</summary>
        /// <param name="source">Source ids.</param>
        /// <param name="target">Target ids in the form that Generate returns: without the start token.</param>
        /// <exception cref="global::System.ArgumentException">The source is empty, or an argument is too long or holds an id outside the vocabulary.</exception>
        public float[] Score(global::System.ReadOnlySpan<int> source, global::System.ReadOnlySpan<int> target)
        {
            float[] logProbabilities = new float[target.Length];
            Score(source, target, logProbabilities);
            return logProbabilities;
        }
        """;

    private const string Searching =
        """
        /// <summary>What a search has to know of this model.</summary>
        private static readonly generation::DecodingShape Decoding = new(
            "NAME", TargetVocabSize, SourceLength, TargetLength, StartToken, EndToken, MaskedToken: MASKED, MaxBeams: BEAMS, RecordsCrossAttention: RECORDS);

        /// <summary>Makes a search of this model with all the memory that it needs, to be used any number of times.</summary>
        /// <param name="options">What to search for and by which rules.</param>
        /// <exception cref="global::System.ArgumentException">The options contradict each other, or the declaration.</exception>
        public generation::Search CreateSearch(generation::GenerationOptions options) => generation::Search.CREATE(options, Decoding);

        /// <summary>Encodes a source and searches its target on one state: a search of one hypothesis at a time. Nothing is allocated.</summary>
        /// <param name="source">Source ids, used as given: 1 to <see cref="SourceLength"/> of them.</param>
        /// <param name="search">A search of this model; afterwards it holds the hypotheses.</param>
        /// <param name="state">The state to work on.</param>
        /// <param name="cancellation">Ends the run between two tokens.</param>
        /// <exception cref="global::System.ArgumentException">The source is empty or too long or holds an id outside the vocabulary, or the search follows several hypotheses or belongs to another model.</exception>
        /// <exception cref="global::Formwork.Generation.GenerationException">The logits were of no use, or the rules left no token.</exception>
        /// <exception cref="global::System.InvalidOperationException">Another call uses the state or the search.</exception>
        /// <exception cref="global::System.OperationCanceledException">The run was cancelled; state and search may be used again.</exception>
        public void Generate(global::System.ReadOnlySpan<int> source, generation::Search search, State state, CANCELLATION cancellation = default)
        {
            generation::Check.Search(search, Decoding, rows: 1);
            using global::Formwork.StateUse use = state.Use(_lifetime);
            StateDecoder decoder = new(this, state);
            generation::SearchLoop.Run(ref decoder, search, source, cancellation);
        }

        /// <summary>Encodes a source and searches its target in the model's own memory: one thread at a time.</summary>
        /// <inheritdoc cref="Generate(global::System.ReadOnlySpan{int}, global::Formwork.Generation.Search, State, CANCELLATION)"/>
        SEARCHOWN

        /// <summary>Encodes a source and searches its target in the model's own memory: one thread at a time.</summary>
        /// <param name="source">Source ids, used as given: 1 to <see cref="SourceLength"/> of them.</param>
        /// <param name="options">What to search for and by which rules.</param>
        /// <param name="cancellation">Ends the run between two tokens.</param>
        /// <returns>The hypotheses, the best one first.</returns>
        /// <exception cref="global::System.ArgumentException">The options contradict each other or the declaration, or the source is empty or too long or holds an id outside the vocabulary.</exception>
        /// <exception cref="global::Formwork.Generation.GenerationException">The logits were of no use, or the rules left no token.</exception>
        /// <exception cref="global::System.OperationCanceledException">The run was cancelled.</exception>
        public generation::ScoredTarget[] Generate(global::System.ReadOnlySpan<int> source, generation::GenerationOptions options, CANCELLATION cancellation = default)
        {
            generation::Search search = CreateSearch(options);
            Generate(source, search, cancellation);
            return search.ToArray();
        }
        """;

    private const string SearchOnState =
        """
        public void Generate(global::System.ReadOnlySpan<int> source, generation::Search search, CANCELLATION cancellation = default) =>
            Generate(source, search, OWN, cancellation);
        """;

    private const string SearchOnBatch =
        """
        public void Generate(global::System.ReadOnlySpan<int> source, generation::Search search, CANCELLATION cancellation = default)
        {
            generation::Check.Search(search, Decoding, MaxBeams);
            if (search.MaxRows == 1)
            {
                Generate(source, search, OWN, cancellation);
            }
            else
            {
                Generate(source, search, _batch ??= CreateBatch(), cancellation);
            }
        }
        """;

    private const string Alternatives =
        """

        /// <summary>The most probable ids after a prefix, and how the target goes on after each, in the model's own memory: one thread at a time.</summary>
        /// <param name="source">Source ids, used as given: 1 to <see cref="SourceLength"/> of them.</param>
        /// <param name="prefix">Target ids before the position: none for its first id.</param>
        /// <param name="count">The most alternatives.</param>
        /// <param name="options">How targets are completed, and the rules that alternatives obey; greedily where left out.</param>
        /// <param name="cancellation">Ends the run between two tokens.</param>
        /// <returns>The alternatives, the most probable first.</returns>
        /// <exception cref="global::System.ArgumentException">The options contradict each other or the declaration, the prefix leaves no room, or the source is empty or too long or holds an id outside the vocabulary.</exception>
        /// <exception cref="global::Formwork.Generation.GenerationException">The logits were of no use, or the rules left no token.</exception>
        /// <exception cref="global::System.OperationCanceledException">The run was cancelled.</exception>
        public generation::Alternative[] Alternatives(
            global::System.ReadOnlySpan<int> source, global::System.ReadOnlySpan<int> prefix, int count, generation::GenerationOptions? options = null, CANCELLATION cancellation = default)
        {
            generation::Search search = CreateSearch(options ?? new());ALTERNATIVESONBATCH
            State state = OWN;
            using global::Formwork.StateUse use = state.Use(_lifetime);
            StateDecoder decoder = new(this, state);
            return generation::AlternativeSearch.Run(ref decoder, search, source, prefix, count, cancellation);
        }
        """;

    private const string AlternativesOnBatch =
        """

            if (search.MaxRows > 1)
            {
                return Alternatives(source, prefix, count, search, _batch ??= CreateBatch(), cancellation);
            }

        """;

    private const string StreamingOwn =
        """
        /// <summary>Encodes a source and decodes it greedily on the model's own state, token by token: <c>foreach (int token in model.Stream(source))</c>.</summary>
        /// <inheritdoc cref="Stream(global::System.ReadOnlySpan{int}, State, CANCELLATION)"/>
        public TokenStream Stream(global::System.ReadOnlySpan<int> source, CANCELLATION cancellation = default) => Stream(source, _state, cancellation);

        /// <summary>Encodes a source and decodes it greedily on the model's own state, and hands over each token as soon as it is chosen.</summary>
        /// <inheritdoc cref="Generate(global::System.ReadOnlySpan{int}, global::System.Span{int}, global::Formwork.Generation.TokenCallback, State, CANCELLATION)"/>
        public int Generate(global::System.ReadOnlySpan<int> source, global::System.Span<int> target, generation::TokenCallback onToken, CANCELLATION cancellation = default) =>
            Generate(source, target, onToken, _state, cancellation);

        """;

    private const string Streaming =
        """
        /// <summary>Encodes a source and decodes it greedily, token by token. Nothing is allocated.</summary>
        /// <param name="source">Source ids, used as given: 1 to <see cref="SourceLength"/> of them.</param>
        /// <param name="state">The state to work on; nothing else may use it until the loop ends, but the loop may be left at any token.</param>
        /// <param name="cancellation">Ends the loop between two tokens.</param>
        /// <returns>The tokens that Generate gives, <see cref="EndToken"/> included where it is reached.</returns>
        /// <exception cref="global::System.ArgumentException">The source is empty or too long, or holds an id outside the vocabulary.</exception>
        /// <exception cref="global::System.InvalidOperationException">Another call uses the state.</exception>
        public TokenStream Stream(global::System.ReadOnlySpan<int> source, State state, CANCELLATION cancellation = default)
        {
            using global::Formwork.StateUse use = state.Use(_lifetime);
            StateDecoder decoder = new(this, state);
            decoder.Encode(source, slot: 0);
            return new(this, state, new(StartToken, EndToken, TargetLength, cancellation));
        }

        /// <summary>Encodes a source and decodes it greedily, and hands over each token as soon as it is chosen.</summary>
        /// <param name="source">Source ids, used as given: 1 to <see cref="SourceLength"/> of them.</param>
        /// <param name="target">Receives the target as Generate does.</param>
        /// <param name="onToken">Receives each token and says whether to go on. The state may be used again after an exception of its own.</param>
        /// <param name="state">The state to work on.</param>
        /// <param name="cancellation">Ends the run between two tokens.</param>
        /// <returns>The number of ids written.</returns>
        /// <exception cref="global::System.ArgumentException">The source is empty or too long, or holds an id outside the vocabulary.</exception>
        /// <exception cref="global::Formwork.Generation.GenerationException">The logits held a NaN, or were all −∞.</exception>
        /// <exception cref="global::System.InvalidOperationException">Another call uses the state.</exception>
        /// <exception cref="global::System.OperationCanceledException">The run was cancelled; the state may be used again.</exception>
        public int Generate(
            global::System.ReadOnlySpan<int> source, global::System.Span<int> target, generation::TokenCallback onToken, State state, CANCELLATION cancellation = default)
        {
            global::System.ArgumentNullException.ThrowIfNull(onToken);
            int length = 0;
            TokenStream stream = Stream(source, state, cancellation);
            while (length < target.Length && stream.MoveNext())
            {
                target[length++] = stream.Current;
                if (!onToken(stream.Current))
                {
                    break;
                }
            }

            return length;
        }
        """;

    private const string StreamingSearch =
        """

        /// <summary>Encodes a source and decodes it token by token as a search of one hypothesis chooses: under rules, or at random. Nothing is allocated.</summary>
        /// <param name="source">Source ids, used as given: 1 to <see cref="SourceLength"/> of them.</param>
        /// <param name="search">A search of this model with one beam and one hypothesis. Its prefix is not among the tokens.</param>
        /// <param name="state">The state to work on; nothing else may use it or the search until the loop ends.</param>
        /// <param name="cancellation">Ends the loop between two tokens.</param>
        /// <exception cref="global::System.ArgumentException">The source is empty or too long or holds an id outside the vocabulary, or the search follows several hypotheses or belongs to another model.</exception>
        /// <exception cref="global::System.InvalidOperationException">Another call uses the state.</exception>
        public TokenStream Stream(global::System.ReadOnlySpan<int> source, generation::Search search, State state, CANCELLATION cancellation = default)
        {
            generation::Check.Search(search, Decoding, rows: int.MaxValue);
            using global::Formwork.StateUse use = state.Use(_lifetime);
            StateDecoder decoder = new(this, state);
            decoder.Encode(source, slot: 0);
            return new(this, state, generation::TokenSteps.Begin(ref decoder, search, source.Length, cancellation));
        }
        """;

    private const string TokenStream =
        """

        /// <summary>The tokens of a target that is being decoded: each is computed when the loop asks for it.</summary>
        public ref struct TokenStream
        {
            private readonly NAME _model;
            private readonly State _state;
            private readonly int _run;
            private generation::TokenSteps _steps;

            internal TokenStream(NAME model, State state, generation::TokenSteps steps)
            {
                _model = model;
                _state = state;
                _run = state.Run;
                _steps = steps;
            }

            /// <summary>The token that the last <see cref="MoveNext"/> chose.</summary>
            public readonly int Current => _steps.Current;

            /// <summary>The stream itself, for <c>foreach</c>.</summary>
            public readonly TokenStream GetEnumerator() => this;

            /// <summary>Computes the next token; false once the target has ended.</summary>
            /// <exception cref="global::Formwork.Generation.GenerationException">The logits were of no use, or the rules left no token.</exception>
            /// <exception cref="global::System.InvalidOperationException">Another call uses the state, or has used it since the stream began.</exception>
            /// <exception cref="global::System.OperationCanceledException">The loop was cancelled; the state may be used again.</exception>
            public bool MoveNext()
            {
                using global::Formwork.StateUse use = _state.Use(_model._lifetime);
                generation::Check.Run(_run, _state.Run);
                StateDecoder decoder = new(_model, _state);
                return _steps.MoveNext(ref decoder);
            }
        }
        """;

    private const string Decoder =
        """

        /// <summary>Steps the decoder on a state that the caller has in use.</summary>
        private readonly ref struct StateDecoder(NAME model, State state) : generation::IStepDecoder, generation::ISearchDecoder
        {
            private readonly State _state = state;

            public int Vocabulary => TargetVocabSize;

            public global::System.Span<float> Logits => _state.Logits;

            public int NextToken(int token) => model.NextToken(token, _state);

            public void Encode(scoped global::System.ReadOnlySpan<int> source, int slot)
            {
                model.EncodeCore(source, _state);
                model.PrecomputeCore(_state);
            }

            public void Prefill(scoped global::System.ReadOnlySpan<int> tokens, int lane, int position)
            {
                _state.MoveTo(position);
                foreach (int token in tokens)
                {
                    model.Feed(token, _state);
                }
            }

            public void Decode(scoped global::System.ReadOnlySpan<int> tokens, scoped global::System.ReadOnlySpan<int> lanes, scoped global::System.ReadOnlySpan<int> positions)
            {
                _state.MoveTo(positions[0]);
                model.StepCore(tokens[0], _state, _state.Logits);
            }

            public void CopyLane(int source, int destination, int positions)
            {
                // A state holds one hypothesis, so no search asks for this.
            }

            public void AddCrossAttention(int row, scoped global::System.Span<float> coverage)
            {
                COVERAGE
            }
        }
        """;

    /// <summary>Whether there is anything to print.</summary>
    public static bool IsNeeded(ExecutionPlan plan) => plan.Spec.Options.Decoding != DecodingFeatures.None;

    public static GeneratedFile Emit(ExecutionPlan plan) => GeneratedFile.Write(plan, "Decoding", [], writer =>
    {
        OptionSpec options = plan.Spec.Options;
        bool isFirst = true;
        if (options.Has(DecodingFeatures.Scoring))
        {
            Print(Scoring);
        }

        if (options.Has(DecodingFeatures.Search))
        {
            Print(Searching.Replace("SEARCHOWN", options.MaxBeams > 1 ? SearchOnBatch : SearchOnState));
            if (options.Has(DecodingFeatures.Alternatives))
            {
                writer.Line(Fill(plan, Alternatives.Replace("ALTERNATIVESONBATCH", options.MaxBeams > 1 ? AlternativesOnBatch : string.Empty)));
            }
        }

        if (options.Has(DecodingFeatures.Streaming))
        {
            Print((options.StackOnly ? string.Empty : StreamingOwn + "\n") + Streaming);
            if (options.Has(DecodingFeatures.Search))
            {
                writer.Line(Fill(plan, StreamingSearch));
            }

            writer.Line(Fill(plan, TokenStream));
        }

        writer.Line(Fill(plan, Decoder.Replace("COVERAGE", options.Recording is not null ? "_state.AddCrossAttention(_state.Position - 1, coverage);" : "// No weights are recorded, so no search asks for this.")));

        void Print(string text)
        {
            if (!isFirst)
            {
                writer.Line();
            }

            isFirst = false;
            writer.Line(Fill(plan, text));
        }
    });

    private static string Fill(ExecutionPlan plan, string text)
    {
        OptionSpec options = plan.Spec.Options;
        string own = options.StackOnly ? "State.Over(stackalloc byte[StateBytes])" : "_state";
        return text
            .Replace("CANCELLATION", Types.Cancellation)
            .Replace("SCORINGMEMORY", options.HasBatch ? "_batch ??= CreateBatch()" : own)
            .Replace("MASKED", plan.Spec.Tokens.MaskPad ? "PadToken" : "-1")
            .Replace("BEAMS", options.HasBatch ? "MaxBeams" : "1")
            .Replace("RECORDS", options.Recording is not null ? "true" : "false")
            .Replace("CREATE(", options.Has(DecodingFeatures.Sampling) ? "Create(" : "CreateWithoutSampling(")
            .Replace("OWN", own)
            .Replace("NAME", plan.Type.Name);
    }
}
