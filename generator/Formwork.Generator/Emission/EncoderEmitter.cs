using Formwork.Generator.Lowering;

namespace Formwork.Generator.Emission;

/// <summary>Prints the encoder's layers, Encode and PrecomputeCrossCache.</summary>
internal static class EncoderEmitter
{
    private const string EncodeDocumentation =
        """
        /// <param name="source">Source ids, used as given: 1 to <see cref="SourceLength"/> of them.</param>
        /// <param name="state">Receives the encoder's output.</param>
        /// <exception cref="global::System.ArgumentException">The source is empty or too long, or holds an id outside the vocabulary.</exception>
        /// <exception cref="global::System.InvalidOperationException">Another call uses the state.</exception>
        """;

    private const string PrecomputeDocumentation =
        """
        /// <param name="state">A state whose source has been encoded; afterwards it is ready to decode from position 0.</param>
        /// <exception cref="global::System.InvalidOperationException">Nothing has been encoded into the state, or its cross cache is computed already, or another call uses it.</exception>
        """;

    public static GeneratedFile Emit(ExecutionPlan plan) => GeneratedFile.Write(plan, "Encoder", [], writer =>
    {
        Encode(writer, plan);
        writer.Line();
        Precompute(writer, plan);
        foreach (MethodPlan layer in plan.Encoder.Take(plan.Encoder.Count - 1))
        {
            writer.Line();
            writer.Summary(layer.Summary);
            MethodEmitter.Emit(writer, plan, layer, $"private void {layer.Name}(State state, int sourceLength)");
        }
    });

    private static void Encode(SourceWriter writer, ExecutionPlan plan)
    {
        MethodPlan encode = plan.Encoder[plan.Encoder.Count - 1];
        writer.Summary(encode.Summary);
        writer.Line(EncodeDocumentation);
        MethodEmitter.Guarded(writer, $"public void Encode({Types.ReadOnlyIds} source, State state)", "EncodeCore(source, state);");
        writer.Line();
        writer.Summary("The same on a state that the caller has in use.");
        MethodEmitter.Emit(
            writer,
            plan,
            encode,
            $"private void EncodeCore({Types.ReadOnlyIds} source, State state)",
            before: () =>
            {
                writer.Line($"{Types.Check}.Source(source, SourceLength, SourceVocabSize);");
                writer.Line("int sourceLength = source.Length;");
                writer.Line("state.MarkEmpty();");
            },
            after: () =>
            {
                writer.Line();
                writer.Line("state.MarkEncoded(sourceLength);");
            });
    }

    private static void Precompute(SourceWriter writer, ExecutionPlan plan)
    {
        const string Public = "public void PrecomputeCrossCache(State state)";
        const string Core = "private void PrecomputeCore(State state)";
        if (plan.CrossCache is not { } crossCache)
        {
            writer.Summary("Readies the state to decode. This model's cross-attention is cut out, so there are no keys and values to compute.");
            writer.Line(PrecomputeDocumentation);
            MethodEmitter.Guarded(writer, Public, "PrecomputeCore(state);");
            writer.Line();
            writer.Summary("The same on a state that the caller has in use.");
            using (writer.Block(Core))
            {
                writer.Line($"{Types.Check}.Encoded(state.Phase);");
                writer.Line("state.MarkReady();");
            }

            return;
        }

        writer.Summary(crossCache.Summary);
        writer.Line(PrecomputeDocumentation);
        MethodEmitter.Guarded(writer, Public, "PrecomputeCore(state);");
        writer.Line();
        writer.Summary("The same on a state that the caller has in use.");
        MethodEmitter.Emit(
            writer,
            plan,
            crossCache,
            Core,
            before: () =>
            {
                writer.Line($"{Types.Check}.Encoded(state.Phase);");
                writer.Line("int sourceLength = state.EncodedLength;");
            },
            after: () =>
            {
                writer.Line();
                writer.Line("state.MarkReady();");
            });
    }
}
