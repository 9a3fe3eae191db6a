using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Formwork.Generator.Lowering;

namespace Formwork.Generator.Tests.Families;

/// <summary>
/// The weights that <c>training/reference/random_weights.py</c> draws: SplitMix64 from a tensor's name. The tensors are those of the generator's own
/// list: a name or a shape that it has wrong draws other numbers, and nothing comes out equal.
/// </summary>
internal static class DrawnWeights
{
    /// <summary>A safetensors file with every tensor that a model must have.</summary>
    /// <param name="plan">The model's weights.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="gain">What a matrix' spread is proportional to.</param>
    /// <param name="stray">A vector that is in the file too, or null.</param>
    public static byte[] File(WeightPlan plan, ulong seed, double gain, string? stray = null) =>
        Safetensors([.. Tensors(plan, seed, gain), .. stray is null ? [] : new[] { new DrawnTensor(stray, [3], new float[3]) }]);

    /// <summary>Every tensor that a model must have, each under the first of its names.</summary>
    /// <param name="plan">The model's weights.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="gain">What a matrix' spread is proportional to.</param>
    public static IEnumerable<DrawnTensor> Tensors(WeightPlan plan, ulong seed, double gain)
    {
        foreach (WeightTensor tensor in plan.Tensors.Where(static tensor => tensor.Kind != WeightKind.SinusoidalPositions))
        {
            string name = tensor.Names[0];
            long rows = tensor.Kind == WeightKind.LearnedPositions ? tensor.TableRows : tensor.Rows.Value;
            long columns = tensor.Columns.Value;
            bool isMatrix = tensor.Kind != WeightKind.Vector;
            bool isScale = name.EndsWith(".weight", StringComparison.Ordinal) && name.Contains("norm", StringComparison.Ordinal);
            float[] drawn = Draw(name, (int)(rows * columns), seed, isScale ? 1 : 0, isMatrix ? gain / Math.Sqrt(columns) : 0.3);
            yield return new(name, isMatrix ? [rows, columns] : [rows], drawn);
        }
    }

    /// <summary>A safetensors file of tensors.</summary>
    public static byte[] Safetensors(IEnumerable<DrawnTensor> tensors)
    {
        var header = new StringBuilder("{");
        DrawnTensor[] all = [.. tensors];
        long offset = 0;
        foreach (DrawnTensor tensor in all)
        {
            long end = offset + (tensor.Values.Length * sizeof(float));
            header.Append(CultureInfo.InvariantCulture, $"{(header.Length > 1 ? "," : string.Empty)}\"{tensor.Name}\":{{\"dtype\":\"F32\",\"shape\":[{string.Join(',', tensor.Shape)}],\"data_offsets\":[{offset},{end}]}}");
            offset = end;
        }

        byte[] json = Encoding.UTF8.GetBytes(header.Append('}').ToString());
        byte[] file = new byte[8 + json.Length + offset];
        BinaryPrimitives.WriteInt64LittleEndian(file, json.Length);
        json.CopyTo(file, 8);
        int position = 8 + json.Length;
        foreach (DrawnTensor tensor in all)
        {
            MemoryMarshal.AsBytes<float>(tensor.Values).CopyTo(file.AsSpan(position));
            position += tensor.Values.Length * sizeof(float);
        }

        return file;
    }

    private static float[] Draw(string name, int count, ulong seed, double centre, double spread)
    {
        ulong state = unchecked(Fnv1a(name) + seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
        {
            ulong z = unchecked(state + ((ulong)(i + 1) * 0x9E3779B97F4A7C15));
            z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9);
            z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
            z ^= z >> 31;
            values[i] = (float)(centre + (spread * ((2 * ((z >> 11) / 9007199254740992.0)) - 1)));
        }

        return values;
    }

    private static ulong Fnv1a(string name)
    {
        ulong hash = 0xCBF29CE484222325;
        foreach (byte value in Encoding.UTF8.GetBytes(name))
        {
            hash = unchecked((hash ^ value) * 0x100000001B3);
        }

        return hash;
    }
}
