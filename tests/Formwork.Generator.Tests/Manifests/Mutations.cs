using Formwork.Generator.Lowering;

namespace Formwork.Generator.Tests.Manifests;

/// <summary>Weight files that differ from a right one in one tensor.</summary>
internal static class Mutations
{
    /// <summary>Every change of every tensor, with what was done.</summary>
    public static IEnumerable<(string What, StoredTensor[] Tensors)> Of(StoredTensor[] tensors, WeightPlan weights)
    {
        for (int index = 0; index < tensors.Length; index++)
        {
            StoredTensor tensor = tensors[index];
            yield return ($"remove {tensor.Name}", [.. tensors.Where(other => other != tensor)]);
            foreach ((string what, StoredTensor changed) in Changes(tensor))
            {
                yield return ($"{what} {tensor.Name}", [.. tensors.Select(other => other == tensor ? changed : other)]);
            }

            foreach ((string what, StoredTensor added) in Additions(tensor, weights))
            {
                yield return ($"{what} beside {tensor.Name}", [.. tensors, added]);
                yield return ($"{what} before {tensor.Name}", [added, .. tensors]);
                yield return ($"{what} instead of {tensor.Name}", [.. tensors.Where(other => other != tensor), added]);
            }
        }

        foreach ((string what, StoredTensor table) in Tables(weights))
        {
            yield return ($"{what} {table.Name}", [.. tensors, table]);
        }
    }

    private static IEnumerable<(string What, StoredTensor Tensor)> Changes(StoredTensor tensor)
    {
        yield return ("rename", tensor with { Name = tensor.Name + "x" });
        yield return ("fill", tensor with { Fill = (byte)(tensor.Fill + 1) });
        yield return ("make a scalar of", tensor with { Shape = [] });
        yield return ("empty", tensor with { Shape = [0] });
        yield return ("make a row of", tensor with { Shape = [1, .. tensor.Shape] });
        yield return ("make a column of", tensor with { Shape = [.. tensor.Shape, 1] });
        yield return ("turn round", tensor with { Shape = [.. tensor.Shape.Reverse()] });
        yield return ("flatten", tensor with { Shape = [tensor.Shape.Aggregate(static (product, size) => product * size)] });
        for (int dimension = 0; dimension < tensor.Shape.Length; dimension++)
        {
            long[] longer = [.. tensor.Shape];
            longer[dimension]++;
            yield return ("lengthen", tensor with { Shape = longer });
            long[] shorter = [.. tensor.Shape];
            shorter[dimension]--;
            yield return ("shorten", tensor with { Shape = shorter });
        }

        foreach (string type in new[] { "F16", "BF16", "F64", "I8", "U8", "BOOL", "I64", "F8_E4M3" })
        {
            yield return ($"store as {type}", tensor with { Type = type });
        }
    }

    private static IEnumerable<(string What, StoredTensor Tensor)> Additions(StoredTensor tensor, WeightPlan weights)
    {
        yield return ("add a copy", tensor with { Name = tensor.Name + ".copy" });
        string[] aliases = [.. weights.Tensors.First(needed => needed.Names.Contains(tensor.Name)).Names.Where(name => name != tensor.Name)];
        foreach (string alias in aliases)
        {
            StoredTensor tied = tensor with { Name = alias };
            yield return ("add a tied copy", tied);
            yield return ("add another tensor as tied", tied with { Fill = (byte)(tied.Fill + 1) });
            yield return ("add a tied copy of another type", tied with { Type = "F16" });
            yield return ("add a tied copy of a type that is not loaded", tied with { Type = "I8" });
            yield return ("add a tied copy of another shape", tied with { Shape = [.. tied.Shape.Reverse()] });
        }

        foreach (string ignored in weights.Ignored.Take(3))
        {
            string name = ignored.TrimEnd('*') + (ignored.EndsWith('*') ? "anything" : string.Empty);
            yield return ("add an ignored tensor", new("I64", [3], name, 1));
        }
    }

    /// <summary>Stored tables of positions that a model could also compute.</summary>
    private static IEnumerable<(string What, StoredTensor Tensor)> Tables(WeightPlan weights)
    {
        foreach (WeightTensor table in weights.Tensors.Where(static tensor => tensor.Kind == WeightKind.SinusoidalPositions))
        {
            long[] shape = TensorFile.Shape(table);
            var stored = new StoredTensor("F32", shape, table.Names[0], 1);
            yield return ("add the table", stored);
            yield return ("add a longer table", stored with { Shape = [shape[0] + 9, shape[1]] });
            yield return ("add a shorter table", stored with { Shape = [shape[0] - 1, shape[1]] });
            yield return ("add a narrower table", stored with { Shape = [shape[0], shape[1] - 1] });
            yield return ("add a table of integers", stored with { Type = "I8" });
        }
    }
}
