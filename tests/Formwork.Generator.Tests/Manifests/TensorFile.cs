using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Formwork.Generator.Lowering;

namespace Formwork.Generator.Tests.Manifests;

/// <summary>A tensor to store.</summary>
/// <param name="Type">Its element type.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Name">Its name.</param>
/// <param name="Fill">The byte that fills it: below 64, so that every float of it is finite.</param>
internal sealed record StoredTensor(string Type, long[] Shape, string Name, byte Fill)
{
    /// <summary>Its bytes.</summary>
    public byte[] Bytes()
    {
        int size = Type switch { "F64" or "I64" => 8, "F32" => 4, "F16" or "BF16" or "I16" => 2, _ => 1 };
        byte[] bytes = new byte[Shape.Aggregate((long)size, static (product, dimension) => product * dimension)];
        Array.Fill(bytes, Fill);
        return bytes;
    }

    /// <summary>Its line of a manifest.</summary>
    public string Line() => $"{Type} {(Shape.Length == 0 ? "scalar" : string.Join('x', Shape))} sha256:{Convert.ToHexStringLower(SHA256.HashData(Bytes()))} {Name}";
}

/// <summary>A weight file in memory, and the manifest of it.</summary>
internal static class TensorFile
{
    /// <summary>The tensors that a model needs, each under its first name; tables that may be computed are left out.</summary>
    public static StoredTensor[] For(WeightPlan weights) =>
    [
        .. weights.Tensors
            .Where(static tensor => tensor.Kind != WeightKind.SinusoidalPositions)
            .DistinctBy(static tensor => tensor.Names[0])
            .Select(static (tensor, index) => new StoredTensor("F32", Shape(tensor), tensor.Names[0], (byte)(1 + (index % 60)))),
    ];

    /// <summary>The shape in which a tensor is stored.</summary>
    public static long[] Shape(WeightTensor tensor) => tensor.Kind switch
    {
        WeightKind.Vector => [tensor.Rows.Value],
        WeightKind.LearnedPositions => [tensor.TableRows, tensor.Columns.Value],
        WeightKind.SinusoidalPositions => [tensor.FirstRow.Value + tensor.Rows.Value, tensor.Columns.Value],
        _ => [tensor.Rows.Value, tensor.Columns.Value],
    };

    /// <summary>The manifest.</summary>
    public static string Manifest(IEnumerable<StoredTensor> tensors) =>
        $"# formwork weight manifest 1\n# model.safetensors\n{string.Concat(tensors.Select(static tensor => tensor.Line() + "\n"))}";

    /// <summary>The safetensors file.</summary>
    public static byte[] Safetensors(IReadOnlyList<StoredTensor> tensors)
    {
        var header = new StringBuilder("{");
        using var data = new MemoryStream();
        foreach (StoredTensor tensor in tensors)
        {
            byte[] bytes = tensor.Bytes();
            header.Append(
                CultureInfo.InvariantCulture,
                $"{(header.Length > 1 ? "," : string.Empty)}\"{tensor.Name}\":{{\"dtype\":\"{tensor.Type}\",\"shape\":[{string.Join(',', tensor.Shape)}],\"data_offsets\":[{data.Length},{data.Length + bytes.Length}]}}");
            data.Write(bytes);
        }

        byte[] json = Encoding.UTF8.GetBytes(header.Append('}').ToString());
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        return [.. length, .. json, .. data.ToArray()];
    }
}
