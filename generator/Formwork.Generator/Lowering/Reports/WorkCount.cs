namespace Formwork.Generator.Lowering.Reports;

/// <summary>Counts the work of a plan from its operations, so that what is reported is what is generated.</summary>
internal sealed class WorkCount
{
    private readonly Dictionary<string, MethodPlan> _methods;
    private readonly Dictionary<string, WeightRegion> _regions;
    private readonly ModelSizes _sizes;
    private readonly string _outputWeight;

    /// <summary>Prepares counting.</summary>
    public WorkCount(ExecutionPlan plan)
    {
        _methods = plan.Encoder.Concat(plan.Decoder).ToDictionary(static method => method.Name);
        _regions = plan.Weights.Regions.ToDictionary(static region => region.Name);
        _sizes = new(plan.Spec);
        _outputWeight = new WeightNames(plan.Spec).OutputWeight;
    }

    /// <summary>The work of a method and of all that it calls.</summary>
    /// <param name="method">The method.</param>
    /// <param name="rows">The tokens of one call, each of which looks up its embedding and position.</param>
    public WorkTotal Of(MethodPlan method, long rows) => method.Blocks
        .SelectMany(static block => block.Operations)
        .Select(operation => Of(operation, rows))
        .Aggregate(WorkTotal.None, static (sum, work) => sum + work);

    private WorkTotal Of(Operation operation, long rows) => operation switch
    {
        CallOperation call => Of(_methods[call.Method], rows),
        LinearOperation linear => Product(linear.Weight) + Read(linear.Bias),
        LayerNormOperation norm => Read(norm.Gamma) + Read(norm.Beta),
        RmsNormOperation norm => Read(norm.Gamma),
        AttendOperation attend => Read(attend.Shape.Bias?.RegionName) with { Attention = 2 * attend.Shape.InnerDim.Value * Length(attend.Shape) },
        EmbedOperation embed => WorkTotal.None with { WeightBytes = rows * (RowBytes(embed.Table) + (embed.Positions is null ? 0 : embed.Width.Value * sizeof(float))) },
        _ => WorkTotal.None,
    };

    private WorkTotal Product(string weight)
    {
        MatrixShape matrix = _regions[weight].Matrix!;
        long multiplyAdds = matrix.Outputs.Value * matrix.Inputs.Value;
        bool isLogits = weight == _outputWeight;
        return Read(weight) with { Projections = isLogits ? 0 : multiplyAdds, Logits = isLogits ? multiplyAdds : 0 };
    }

    private WorkTotal Read(string? weight) => weight is null ? WorkTotal.None : WorkTotal.None with { WeightBytes = _regions[weight].Length };

    /// <summary>One output's part of a packed matrix; panels are filled up, so it is a whole number of bytes.</summary>
    private long RowBytes(string table) => _regions[table].Length / PackedMatrix.PaddedOutputs(_regions[table].Matrix!.Outputs.Value);

    /// <summary>The most keys of an attention: its cache's capacity is that length rounded up.</summary>
    private long Length(AttentionShape shape) => shape.Capacity.Text == _sizes.TargetCapacity.Text ? _sizes.TargetLength.Value : _sizes.SourceLength.Value;
}
