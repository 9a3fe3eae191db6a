using Formwork.Generator.Lowering;

namespace Formwork.Generator.Emission;

/// <summary>Prints operations: one kernel call a line.</summary>
internal static class OperationEmitter
{
    public static void Emit(SourceWriter writer, Operation operation)
    {
        switch (operation)
        {
            case LinearOperation linear:
                Emit(writer, linear);
                break;
            case LayerNormOperation norm:
                writer.Line($"kernels::LayerNorm.Apply({norm.Input}, {norm.Gamma}, {norm.Beta ?? "default"}, NormEpsilon, {norm.Output}, {Rows(norm.Rows)}, {norm.Width.Text});");
                break;
            case ArgMaxOperation argMax:
                Emit(writer, argMax);
                break;
            case StoreOperation store:
                Emit(writer, store);
                break;
            case AttendOperation attend:
                Emit(writer, attend);
                break;
            case EmbedOperation embed:
                Emit(writer, embed);
                break;
            case CallOperation call:
                writer.Line($"{call.Method}({string.Join(", ", call.Arguments)});");
                break;
            default:
                throw new InvalidOperationException($"No text for {operation.GetType().Name}.");
        }
    }

    /// <summary>Whether an operation prints as a loop, which stands apart from what follows.</summary>
    public static bool IsLoop(Operation operation) => operation is AttendOperation or StoreOperation { Rows: not null };

    private static string Rows(Size rows) => rows == Size.One ? "rows: 1" : rows.Text;

    private static void Emit(SourceWriter writer, LinearOperation linear) => writer.Line(
        $"kernels::Linear.{linear.Method}({linear.Input}, {linear.Weight}, {linear.Bias ?? "default"}, {linear.Output}, {Rows(linear.Rows)});");

    private static void Emit(SourceWriter writer, ArgMaxOperation argMax) => writer.Line(
        $"return kernels::Linear.ArgMax({argMax.Input}, {argMax.Weight}, {argMax.Bias ?? "default"}{(argMax.Excluded is { } id ? $", excluded: {id}" : string.Empty)});");

    private static void Emit(SourceWriter writer, StoreOperation store)
    {
        AttentionShape shape = store.Shape;
        string sizes = $"{shape.Heads.Text}, {shape.HeadDim.Text}, {shape.Capacity.Text}";
        if (store.Rows is null)
        {
            Pair("position", string.Empty);
            return;
        }

        using (writer.Block($"for (int row = 0; row < {store.Rows}; row++)"))
        {
            Pair("row", $"(row * {store.RowStride.Text}) + ");
        }

        void Pair(string position, string row)
        {
            string key = store.KeyOffset.Value == 0 && row.Length > 0 ? $"row * {store.RowStride.Text}" : row + Offset(store.KeyOffset, row);
            writer.Line($"kernels::AttentionCache.StoreKey({store.Source}.Slice({key}, {shape.InnerDim.Text}), {store.Keys}, {position}, {sizes});");
            writer.Line($"kernels::AttentionCache.StoreValue({store.Source}.Slice({row}{Offset(store.ValueOffset, row)}, {shape.InnerDim.Text}), {store.Values}, {position}, {sizes});");
        }
    }

    /// <summary>A product behind a sum gets parentheses, as a careful author would write.</summary>
    private static string Offset(Size offset, string row) => row.Length > 0 && offset.Text.Contains("*") ? $"({offset.Text})" : offset.Text;

    private static void Emit(SourceWriter writer, AttendOperation attend)
    {
        AttentionShape shape = attend.Shape;
        using (writer.Block($"for (int head = 0; head < {shape.Heads.Text}; head++)"))
        {
            string part = $"head * {shape.PerHead.Text}, {shape.PerHead.Text}";
            writer.Line($"{Types.Floats} headKeys = {attend.Keys}.Slice({part});");
            writer.Line($"{Types.Floats} headValues = {attend.Values}.Slice({part});");
            if (attend.Rows is null)
            {
                Attend($"head * {shape.HeadDim.Text}", $"head * {shape.HeadDim.Text}");
                return;
            }

            using (writer.Block($"for (int row = 0; row < {attend.Rows}; row++)"))
            {
                Attend(
                    $"(row * {attend.QueryStride.Text}) + (head * {shape.HeadDim.Text})",
                    $"(row * {shape.InnerDim.Text}) + (head * {shape.HeadDim.Text})");
            }
        }

        void Attend(string query, string context)
        {
            writer.Line($"kernels::Attention.Scores({attend.Query}.Slice({query}, {shape.HeadDim.Text}), headKeys, {shape.Scale}, {attend.Scores}, {attend.Length});");
            writer.Line($"kernels::Softmax.Apply({attend.Scores}.Slice(0, {attend.Length}));");
            if (attend.RecordLayer is { } layer)
            {
                writer.Line($"state.RecordCrossAttention(layer: {layer}, head, position, {attend.Scores}.Slice(0, {attend.Length}));");
            }

            writer.Line($"kernels::Attention.WeightedSum({attend.Scores}, headValues, {attend.Context}.Slice({context}, {shape.HeadDim.Text}), {attend.Length});");
        }
    }

    private static void Emit(SourceWriter writer, EmbedOperation embed)
    {
        if (embed.Position is { } position)
        {
            Row(embed.Tokens, embed.Output, position);
            return;
        }

        using (writer.Block($"for (int row = 0; row < {embed.Tokens}.Length; row++)"))
        {
            writer.Line($"{Types.Floats} x = {embed.Output}.Slice(row * {embed.Width.Text}, {embed.Width.Text});");
            Row($"{embed.Tokens}[row]", "x", "row");
        }

        void Row(string token, string output, string row)
        {
            writer.Line($"kernels::Embedding.Lookup({embed.Table}, {token}, EmbeddingScale, {output});");
            writer.Line($"kernels::Residual.Add({output}, {embed.Positions}.Slice({row} * {embed.Width.Text}, {embed.Width.Text}));");
        }
    }
}
