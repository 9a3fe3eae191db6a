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
            case RmsNormOperation norm:
                writer.Line($"kernels::RmsNorm.Apply({norm.Input}, {norm.Gamma}, NormEpsilon, {norm.Output}, {Rows(norm.Rows)}, {norm.Width.Text});");
                break;
            case GateOperation gate:
                writer.Line($"kernels::Gate.Multiply({gate.Values}, {gate.Gate});");
                break;
            case ScaleOperation scale:
                writer.Line($"kernels::Scale.Multiply({scale.Values}, {scale.Factor});");
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
            case LaneAttendOperation attend:
                Emit(writer, attend);
                break;
            case LaneEmbedOperation embed:
                Emit(writer, embed);
                break;
            case LaneLogitsOperation logits:
                writer.Line($"kernels::Linear.Apply(_workers, {logits.Input}, {logits.Weight}, {logits.Bias ?? "default"}, batch.Logits(rows), rows);");
                break;
            case LaneArgMaxOperation argMax:
                writer.Line($"kernels::Linear.ArgMax(_workers, {argMax.Input}, {argMax.Weight}, {argMax.Bias ?? "default"}, nextTokens.Slice(0, rows){Excluded(argMax.Excluded)});");
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

    private static string Rows(Size rows) => rows == Size.One ? "rows: 1" : rows.Text;

    private static void Emit(SourceWriter writer, LinearOperation linear) => writer.Line(
        $"kernels::Linear.{linear.Method}(_workers, {linear.Input}, {linear.Weight}, {linear.Bias ?? "default"}, {linear.Output}, {Rows(linear.Rows)});");

    private static void Emit(SourceWriter writer, ArgMaxOperation argMax) => writer.Line(
        $"return kernels::Linear.ArgMax(_workers, {argMax.Input}, {argMax.Weight}, {argMax.Bias ?? "default"}{Excluded(argMax.Excluded)});");

    private static string Excluded(string? id) => id is null ? string.Empty : $", excluded: {id}";

    private static void Emit(SourceWriter writer, StoreOperation store)
    {
        AttentionShape shape = store.Shape;
        string rows = store.Rows is null ? "position, rows: 1" : $"position: 0, {store.Rows}";
        Store("StoreKeys", store.KeyOffset, store.Keys);
        Store("StoreValues", store.ValueOffset, store.Values);

        void Store(string kernel, Size offset, string cache)
        {
            string source = offset.Value == 0 ? store.Source : $"{store.Source}.Slice({offset.Text})";
            writer.Line($"kernels::AttentionCache.{kernel}({source}, {store.RowStride.Text}, {cache}, {rows}, {shape.Heads.Text}, {shape.HeadDim.Text}, {shape.Capacity.Text});");
        }
    }

    private static void Emit(SourceWriter writer, AttendOperation attend)
    {
        AttentionShape shape = attend.Shape;
        string cache = $"{attend.Keys}, {attend.Values}, {attend.Context}";
        string sizes = $"{shape.Heads.Text}, {shape.HeadDim.Text}, {shape.Capacity.Text}, {attend.Length}, {shape.Scale}";
        if (attend.Rows is { } rows)
        {
            writer.Line($"kernels::Attention.Encode(_workers, {attend.Query}, {attend.QueryStride.Text}, {cache}, {rows}, {sizes}{Bias(shape)});");
            return;
        }

        string query = attend.QueryStride == shape.InnerDim ? attend.Query : $"{attend.Query}.Slice(0, {shape.InnerDim.Text})";
        writer.Line($"kernels::Attention.Decode({query}, {cache}, {sizes}{Recorded("state", attend.RecordLayer, "position")}{Bias(shape)});");
    }

    private static void Emit(SourceWriter writer, LaneAttendOperation attend)
    {
        AttentionShape shape = attend.Shape;
        string sizes = $"{shape.Heads.Text}, {shape.HeadDim.Text}, {shape.Capacity.Text}";
        string context = $"{attend.Context}.Slice(row * {shape.InnerDim.Text}, {shape.InnerDim.Text})";
        using (writer.Block("for (int row = 0; row < rows; row++)"))
        {
            if (attend.IsSelf)
            {
                string cache = $"cache.Keys(layer: {attend.Layer}), cache.Values(layer: {attend.Layer})";
                writer.Line("SelfCache cache = batch.SelfCache(lanes[row]);");
                writer.Line($"{Types.Floats} own = {attend.Source}.Slice(row * {attend.Stride.Text}, {attend.Stride.Text});");
                writer.Line($"kernels::AttentionCache.StoreKeys(own.Slice({shape.InnerDim.Text}), {attend.Stride.Text}, cache.Keys(layer: {attend.Layer}), positions[row], rows: 1, {sizes});");
                writer.Line($"kernels::AttentionCache.StoreValues(own.Slice(2 * {shape.InnerDim.Text}), {attend.Stride.Text}, cache.Values(layer: {attend.Layer}), positions[row], rows: 1, {sizes});");
                writer.Line($"kernels::Attention.Decode(own.Slice(0, {shape.InnerDim.Text}), {cache}, {context}, {sizes}, positions[row] + 1, {shape.Scale}{Bias(shape)});");
            }
            else
            {
                string prefix = Lowering.WeightNames.DecoderLayer(attend.Layer);
                string weights = Recorded("batch", attend.RecordLayer, "row");
                writer.Line("State state = batch.Source(lanes[row]);");
                writer.Line($"kernels::Attention.Decode({attend.Source}.Slice(row * {attend.Stride.Text}, {attend.Stride.Text}), state.{prefix}CrossKeys, state.{prefix}CrossValues, {context}, {sizes}, state.EncodedLength, {shape.Scale}{weights});");
            }
        }

        writer.Line();
    }

    private static string Bias(AttentionShape shape) => shape.Bias is { } bias ? $", bias: new({bias.RegionName}, {bias.Stride.Text}, origin: {bias.Origin})" : string.Empty;

    /// <summary>The arguments that say where weights are recorded and, unless all are, of which heads.</summary>
    private static string Recorded(string owner, RecordedLayer? recorded, string position) => recorded is null
        ? string.Empty
        : $", {owner}.RecordedCrossAttention(layer: {recorded.Layer}, {position}){(recorded.EveryHead ? string.Empty : ", RecordedHeads")}";

    private static void Emit(SourceWriter writer, LaneEmbedOperation embed)
    {
        using (writer.Block("for (int row = 0; row < rows; row++)"))
        {
            writer.Line($"{Types.Floats} x = {embed.Output}.Slice(row * {embed.Width.Text}, {embed.Width.Text});");
            writer.Line($"kernels::Embedding.Lookup({embed.Table}, tokens[row], EmbeddingScale, x);");
            if (embed.Positions is { } positions)
            {
                writer.Line($"kernels::Residual.Add(x, {positions}.Slice(positions[row] * {embed.Width.Text}, {embed.Width.Text}));");
            }
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
            if (embed.Positions is { } positions)
            {
                writer.Line($"kernels::Residual.Add({output}, {positions}.Slice({row} * {embed.Width.Text}, {embed.Width.Text}));");
            }
        }
    }
}
