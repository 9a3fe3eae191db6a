using Formwork.Generator.Lowering;

namespace Formwork.Generator.Emission;

/// <summary>Prints the decoder's layers and DecodeStep.</summary>
internal static class DecoderEmitter
{
    private const string StepDocumentation =
        """
        /// <param name="token">The token at the state's position: <see cref="StartToken"/> at position 0, then what was chosen.</param>
        /// <param name="state">A state that <see cref="PrecomputeCrossCache"/> has readied; its position moves on by one.</param>
        /// <param name="logits">Receives the unnormalised log-probabilities of the next token: [<see cref="TargetVocabSize"/>].</param>
        /// <exception cref="global::System.ArgumentException">The token is outside the vocabulary, or the logits have another length.</exception>
        /// <exception cref="global::System.InvalidOperationException">The state is not ready, or <see cref="TargetLength"/> positions are decoded.</exception>
        """;

    public static GeneratedFile Emit(ExecutionPlan plan) => GeneratedFile.Write(plan, "Decoder", [], writer =>
    {
        int layers = plan.Spec.Decoder.Layers;
        bool cross = plan.Spec.Options.CrossAttention;
        Step(writer, plan, plan.Decoder[layers + 2]);
        writer.Line();
        NextToken(writer, plan, plan.Decoder[layers + 1]);
        writer.Line();
        Hidden(writer, plan, plan.Decoder[layers], cross);
        string parameters = cross ? ", int position, int sourceLength" : ", int position";
        foreach (MethodPlan layer in plan.Decoder.Take(layers))
        {
            writer.Line();
            writer.Summary(layer.Summary);
            MethodEmitter.Emit(writer, plan, layer, $"private void {layer.Name}({Types.Floats} hidden, State state{parameters})");
        }
    });

    private static void Step(SourceWriter writer, ExecutionPlan plan, MethodPlan step)
    {
        writer.Summary(step.Summary);
        writer.Line(StepDocumentation);
        MethodEmitter.Emit(
            writer,
            plan,
            step,
            $"public void DecodeStep(int token, State state, {Types.Floats} logits)",
            before: () => writer.Line($"{Types.Check}.Step(token, TargetVocabSize, state.Phase, state.Position, TargetLength, logits.Length);"),
            after: () => writer.Line("global::System.GC.KeepAlive(this);"));
    }

    private static void NextToken(SourceWriter writer, ExecutionPlan plan, MethodPlan next)
    {
        writer.Summary(next.Summary);
        MethodEmitter.Emit(
            writer,
            plan,
            next,
            "private int NextToken(int token, State state)",
            before: () => writer.Line($"{Types.Check}.Step(token, TargetVocabSize, state.Phase, state.Position, TargetLength, TargetVocabSize);"));
    }

    private static void Hidden(SourceWriter writer, ExecutionPlan plan, MethodPlan hidden, bool cross)
    {
        writer.Summary(hidden.Summary);
        MethodEmitter.Emit(
            writer,
            plan,
            hidden,
            $"private void DecodeHidden(int token, State state, {Types.Floats} hidden)",
            before: () =>
            {
                writer.Line("int position = state.Position;");
                if (cross)
                {
                    writer.Line("int sourceLength = state.EncodedLength;");
                }
            },
            after: () =>
            {
                writer.Line();
                writer.Line("state.Advance();");
            });
    }
}
