using Formwork.Generator.Model;

namespace Formwork.Generator.Lowering.Reports;

/// <summary>One stretch of packed weights.</summary>
/// <param name="Name">Its name in generated code.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Type">The weight type.</param>
/// <param name="Offset">Start in bytes.</param>
/// <param name="Bytes">Bytes up to the next one, alignment included.</param>
/// <param name="Tensors">The file's tensors that fill it, each with the names under which a tied copy may be stored.</param>
internal sealed record RegionReport(string Name, string Shape, WeightType Type, long Offset, long Bytes, EquatableArray<EquatableArray<string>> Tensors);

/// <summary>All weights of one type.</summary>
internal sealed record TypeTotal(WeightType Type, int Regions, long Bytes);

/// <summary>Where the bytes of the weights go.</summary>
/// <param name="Parameters">Trained values.</param>
/// <param name="Tensors">Tensors of the file.</param>
/// <param name="Bytes">Bytes of the packed block.</param>
/// <param name="Regions">In memory order; their bytes add up to <paramref name="Bytes"/>.</param>
/// <param name="Types">Totals by type, the largest first.</param>
internal sealed record WeightReport(long Parameters, int Tensors, long Bytes, EquatableArray<RegionReport> Regions, EquatableArray<TypeTotal> Types)
{
    /// <summary>Describes the weights.</summary>
    public static WeightReport Of(WeightPlan weights)
    {
        long[] ends = [.. weights.Regions.Skip(1).Select(static region => region.Offset), weights.Length];
        RegionReport[] regions = [.. weights.Regions.Select((region, index) => new RegionReport(
            region.Name,
            region.Shape,
            region.Matrix?.Type ?? WeightType.Float32,
            region.Offset,
            ends[index] - region.Offset,
            new(weights.Tensors.Where(tensor => tensor.Offset >= region.Offset && tensor.Offset < ends[index]).Select(static tensor => tensor.Names))))];
        IEnumerable<TypeTotal> types = regions
            .GroupBy(static region => region.Type)
            .Select(static group => new TypeTotal(group.Key, group.Count(), group.Sum(static region => region.Bytes)))
            .OrderByDescending(static total => total.Bytes)
            .ThenBy(static total => total.Type);
        return new(weights.Parameters, weights.Tensors.Count, weights.Length, new(regions), new(types));
    }
}
