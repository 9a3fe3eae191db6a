using Formwork.Generator.Lowering;
using Formwork.Generator.Model;

namespace Formwork.Generator.Emission;

/// <summary>Prints the interface by which code that is written once for all models drives this one. Members stand in it alone where the class has no use for them.</summary>
internal static class PipelineEmitter
{
    private const string Facts =
        """
        static generation::DecodingShape SELF.Shape => Decoding;

        static int SELF.SourceVocabulary => SourceVocabSize;

        static int SELF.PadToken => PadToken;
        """;

    private const string Batch =
        """

        static int SELF.MaxBatch => MaxBatch;
        """;

    private const string Memory =
        """

        global::Formwork.DecodingMemory SELF.CreateMemory() => new(StateBytes, BATCHBYTES);
        """;

    private const string GenerateOnState =
        """

        void SELF.Generate(IDS source, generation::Search search, global::Formwork.DecodingMemory memory, CANCELLATION cancellation) =>
            Generate(source, search, memory.State, cancellation);
        """;

    private const string GenerateOnEither =
        """

        void SELF.Generate(IDS source, generation::Search search, global::Formwork.DecodingMemory memory, CANCELLATION cancellation)
        {
            generation::Check.Search(search, Decoding, MaxBeams);
            if (search.MaxRows == 1)
            {
                Generate(source, search, memory.State, cancellation);
            }
            else
            {
                Generate(source, search, memory.Batch, cancellation);
            }
        }
        """;

    private const string SearchingMany =
        """

        void SELF.GenerateBatch(
            IDS sources,
            IDS sourceLengths,
            global::System.ReadOnlySpan<generation::Search> searches,
            generation::SearchFinished finished,
            global::Formwork.DecodingMemory memory,
            CANCELLATION cancellation) => GenerateBatch(sources, sourceLengths, searches, finished, memory.Batch, cancellation);
        """;

    private const string Streaming =
        """

        generation::TokenSteps SELF.Begin(IDS source, generation::Search search, global::Formwork.DecodingMemory memory, CANCELLATION cancellation)
        {
            generation::Check.Search(search, Decoding, rows: int.MaxValue);
            State state = memory.State;
            using global::Formwork.StateUse use = state.Use(_lifetime);
            StateDecoder decoder = new(this, state);
            decoder.Encode(source, slot: 0);
            return generation::TokenSteps.Begin(ref decoder, search, source.Length, cancellation);
        }

        bool SELF.MoveNext(ref generation::TokenSteps steps, global::Formwork.DecodingMemory memory)
        {
            State state = memory.State;
            using global::Formwork.StateUse use = state.Use(_lifetime);
            StateDecoder decoder = new(this, state);
            return steps.MoveNext(ref decoder);
        }
        """;

    /// <summary>Whether there is anything to print: without searches a model has nothing of the kind.</summary>
    public static bool IsNeeded(ExecutionPlan plan) => plan.Spec.Options.Has(DecodingFeatures.Search);

    public static GeneratedFile Emit(ExecutionPlan plan) => GeneratedFile.Write(
        plan,
        "Pipeline",
        [],
        writer =>
        {
            OptionSpec options = plan.Spec.Options;
            Print(Facts);
            if (options.MaxBatch > 1)
            {
                Print(Batch);
            }

            Print(Memory);
            Print(options.MaxBeams > 1 ? GenerateOnEither : GenerateOnState);
            if (options.MaxBatch > 1)
            {
                Print(SearchingMany);
            }

            Print(Streaming);

            void Print(string text) => writer.Line(Template.Fill(text, new Dictionary<string, string>
            {
                ["BATCHBYTES"] = options.HasBatch ? "BatchBytes" : "batchBytes: 0",
                ["CANCELLATION"] = Types.Cancellation,
                ["IDS"] = Types.ReadOnlyIds,
                ["SELF"] = Interface(plan),
            }));
        },
        bases: $" : {Interface(plan)}");

    private static string Interface(ExecutionPlan plan) => $"global::Formwork.IEncoderDecoder<{plan.Type.Name}>";
}
