using Formwork.Generator.Lowering;
using Formwork.Generator.Model;

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
        /// <exception cref="global::System.InvalidOperationException">The state is not ready, or another call uses it, or <see cref="TargetLength"/> positions are decoded.</exception>
        """;

    public static GeneratedFile Emit(ExecutionPlan plan) => GeneratedFile.Write(plan, "Decoder", [], writer =>
    {
        bool cross = plan.Spec.Options.CrossAttention;
        Step(writer, plan, plan.Stepping("DecodeStep"));
        writer.Line();
        NextToken(writer, plan, plan.Stepping("NextToken"));
        if (plan.Spec.Options.Decoding != DecodingFeatures.None)
        {
            writer.Line();
            Feed(writer, plan, plan.Stepping("Feed"));
        }

        writer.Line();
        Hidden(writer, plan, plan.Stepping("DecodeHidden"), cross);
        string parameters = cross ? ", int position, int sourceLength" : ", int position";
        foreach (MethodPlan layer in plan.Decoder.Take(plan.Spec.Decoder.Layers))
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
        MethodEmitter.Guarded(writer, $"public void DecodeStep(int token, State state, {Types.Floats} logits)", "StepCore(token, state, logits);");
        writer.Line();
        writer.Summary("The same on a state that the caller has in use.");
        MethodEmitter.Emit(
            writer,
            plan,
            step,
            $"private void StepCore(int token, State state, {Types.Floats} logits)",
            before: () => Check(writer, "logits.Length"));
    }

    private static void NextToken(SourceWriter writer, ExecutionPlan plan, MethodPlan next)
    {
        writer.Summary(next.Summary);
        MethodEmitter.Emit(writer, plan, next, "private int NextToken(int token, State state)", before: () => Check(writer, "TargetVocabSize"));
    }

    private static void Feed(SourceWriter writer, ExecutionPlan plan, MethodPlan feed)
    {
        writer.Summary(feed.Summary);
        MethodEmitter.Emit(writer, plan, feed, "private void Feed(int token, State state)", before: () => Check(writer, "TargetVocabSize"));
    }

    private static void Check(SourceWriter writer, string logits) =>
        writer.Line($"{Types.Check}.Step(token, TargetVocabSize, state.Phase, state.Position, TargetLength, {logits});");

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
