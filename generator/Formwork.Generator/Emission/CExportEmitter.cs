using Formwork.Generator.Lowering;
using Formwork.Generator.Model;

namespace Formwork.Generator.Emission;

/// <summary>Prints the functions that a native library exports. What they do is the runtime's; here they get their names and their model.</summary>
internal static class CExportEmitter
{
    private const string Functions =
        """
        [export(EntryPoint = "PREFIX_create_from_file", CallConvs = [typeof(cdecl)])]
        public static int CreateFromFile(nint path, int threads, nint model) => interop::NativeModels.CreateFromFile<CModel>(path, threads, model);

        [export(EntryPoint = "PREFIX_create_from_memory", CallConvs = [typeof(cdecl)])]
        public static int CreateFromMemory(nint bytes, long length, int threads, nint model) =>
            interop::NativeModels.CreateFromMemory<CModel>(bytes, length, threads, model);

        [export(EntryPoint = "PREFIX_destroy", CallConvs = [typeof(cdecl)])]
        public static int Destroy(nint model) => interop::NativeModels.Destroy<CModel>(model);

        [export(EntryPoint = "PREFIX_state_bytes", CallConvs = [typeof(cdecl)])]
        public static int StateBytes() => NAME.StateBytes;

        [export(EntryPoint = "PREFIX_encode", CallConvs = [typeof(cdecl)])]
        public static int Encode(nint model, nint state, nint source, int length) =>
            interop::NativeDecoding.Encode<CModel>(model, state, source, length);

        [export(EntryPoint = "PREFIX_step", CallConvs = [typeof(cdecl)])]
        public static int Step(nint model, nint state, int token, nint logits) => interop::NativeDecoding.Step<CModel>(model, state, token, logits);

        [export(EntryPoint = "PREFIX_generate", CallConvs = [typeof(cdecl)])]
        public static int Generate(nint model, nint state, nint source, int length, nint target, int capacity, nint written) =>
            interop::NativeDecoding.Generate<CModel>(model, state, source, length, target, capacity, written);
        """;

    private const string Scoring =
        """

        [export(EntryPoint = "PREFIX_score", CallConvs = [typeof(cdecl)])]
        public static int Score(nint model, nint state, nint source, int sourceLength, nint target, int targetLength, nint logProbabilities) =>
            interop::NativeScoring.Score<CModel>(model, state, source, sourceLength, target, targetLength, logProbabilities);
        """;

    private const string Searching =
        """

        [export(EntryPoint = "PREFIX_create_search", CallConvs = [typeof(cdecl)])]
        public static int CreateSearch(nint model, nint options, nint search) => interop::NativeSearching.Create<CModel>(model, options, search);

        [export(EntryPoint = "PREFIX_destroy_search", CallConvs = [typeof(cdecl)])]
        public static int DestroySearch(nint search) => interop::NativeSearching.Destroy(search);

        [export(EntryPoint = "PREFIX_batch_bytes", CallConvs = [typeof(cdecl)])]
        public static int BatchBytes() => NAME.BatchBytes;

        [export(EntryPoint = "PREFIX_generate_beam", CallConvs = [typeof(cdecl)])]
        public static int GenerateBeam(nint model, nint batch, nint search, nint source, int length, nint found) =>
            interop::NativeSearching.Generate<CModel>(model, batch, search, source, length, found);

        [export(EntryPoint = "PREFIX_hypothesis", CallConvs = [typeof(cdecl)])]
        public static int Hypothesis(nint search, int index, nint target, int capacity, nint length, nint score) =>
            interop::NativeSearching.Hypothesis(search, index, target, capacity, length, score);
        """;

    private const string Texts =
        """

        [export(EntryPoint = "PREFIX_attach_tokenizer_file", CallConvs = [typeof(cdecl)])]
        public static int AttachTokenizerFile(nint model, nint sourcePath, nint targetPath, int before, int after) =>
            interop::NativeText.AttachFiles<CModel>(model, sourcePath, targetPath, before, after);

        [export(EntryPoint = "PREFIX_attach_tokenizer_memory", CallConvs = [typeof(cdecl)])]
        public static int AttachTokenizerMemory(nint model, nint source, long sourceLength, nint target, long targetLength, int before, int after) =>
            interop::NativeText.AttachMemory<CModel>(model, source, sourceLength, target, targetLength, before, after);

        [export(EntryPoint = "PREFIX_translate", CallConvs = [typeof(cdecl)])]
        public static int Translate(nint model, nint state, nint text, nint buffer, nuint capacity, nint needed) =>
            interop::NativeText.Translate<CModel>(model, state, text, buffer, capacity, needed);

        [export(EntryPoint = "PREFIX_last_error", CallConvs = [typeof(cdecl)])]
        public static nint LastError() => interop::NativeErrors.LastMessage();

        [export(EntryPoint = "PREFIX_status_name", CallConvs = [typeof(cdecl)])]
        public static nint StatusName(int status) => interop::NativeErrors.StatusName(status);
        """;

    private const string Model =
        """
        public static interop::NativeShape Shape => new(StateBytes, SourceLength, TargetLength, SourceVocabSize, TargetVocabSize, EndToken);

        public static CModel Load(string path, int threads) => new(NAME.Load(path, threads));

        public static CModel Load(global::System.ReadOnlyMemory<byte> bytes, int threads) => new(NAME.Load(bytes, threads));

        public override void Encode(IDS source, BYTES state)
        {
            State view = State.Over(state);
            model.Encode(source, view);
            model.PrecomputeCrossCache(view);
        }

        public override void DecodeStep(int token, BYTES state, FLOATS logits) =>
            model.DecodeStep(token, State.Over(state), logits);

        public override void Feed(int token, BYTES state)
        {
            State view = State.Over(state);
            using global::Formwork.StateUse use = view.Use(model._lifetime);
            model.FEED(token, view);
        }

        public override int Generate(IDS source, global::System.Span<int> target, BYTES state) =>
            model.Generate(source, target, State.Over(state));
        """;

    private const string ModelScoring =
        """

        public void Score(IDS source, IDS target, FLOATS logProbabilities, BYTES state) =>
            model.Score(source, target, logProbabilities, State.Over(state));
        """;

    private const string ModelSearching =
        """

        static int interop::INativeSearcher.BatchBytes => BatchBytes;

        static int interop::INativeSearcher.MaxBeams => MaxBeams;

        public generation::Search CreateSearch(generation::GenerationOptions options) => model.CreateSearch(options);

        public void Generate(IDS source, generation::Search search, BYTES batch) =>
            model.Generate(source, search, Batch.Over(batch));
        """;

    private const string ModelDisposing =
        """

        public override void Dispose() => model.Dispose();
        """;

    /// <summary>Whether a declaration searches beams.</summary>
    public static bool HasBeams(ExecutionPlan plan) => plan.Spec.Options.MaxBeams > 1 && plan.Spec.Options.Has(DecodingFeatures.Search);

    public static GeneratedFile Emit(ExecutionPlan plan, string prefix) => GeneratedFile.Write(
        plan,
        "CExport",
        [],
        writer =>
        {
            bool scores = plan.Spec.Options.Has(DecodingFeatures.Scoring);
            bool searches = HasBeams(plan);
            writer.Line("/// <summary>");
            writer.Line($"/// The functions of <c>{prefix}.h</c>, which says what each does. A library that is published ahead of time exports them; a model may be");
            writer.Line("/// called from any number of threads, a state from one at a time, and no exception leaves them.");
            writer.Line("/// </summary>");
            using (writer.Block("private static class CFunctions"))
            {
                Print(Functions, true);
                Print(Scoring, scores);
                Print(Searching, searches);
                Print(Texts, true);
            }

            writer.Line();
            writer.Summary("This model as the runtime's C functions call it.");
            using (writer.Block($"private sealed class CModel({plan.Type.Name} model) : interop::NativeModel, interop::INativeModel<CModel>{(scores ? ", interop::INativeScorer" : string.Empty)}{(searches ? ", interop::INativeSearcher" : string.Empty)}"))
            {
                Print(Model, true);
                Print(ModelScoring, scores);
                Print(ModelSearching, searches);
                Print(ModelDisposing, true);
            }

            void Print(string text, bool isWanted)
            {
                if (isWanted)
                {
                    writer.Line(Fill(plan, prefix, text));
                }
            }
        },
        bases: string.Empty,
        "cdecl = global::System.Runtime.CompilerServices.CallConvCdecl",
        "export = global::System.Runtime.InteropServices.UnmanagedCallersOnlyAttribute",
        "interop = global::Formwork.Interop");

    private static string Fill(ExecutionPlan plan, string prefix, string text) => Template.Fill(text, new Dictionary<string, string>
    {
        ["FEED"] = plan.Spec.Options.Decoding == DecodingFeatures.None ? "NextToken" : "Feed",
        ["IDS"] = Types.ReadOnlyIds,
        ["BYTES"] = "global::System.Span<byte>",
        ["FLOATS"] = Types.Floats,
        ["PREFIX"] = prefix,
        ["NAME"] = plan.Type.Name,
    });
}
