using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Formwork.Generator.Lowering;

/// <summary>
/// A number that two layouts of packed weights share only if they are the same: half of a SHA-256 over what each tensor is and where it goes.
/// It is computed here, so that loading packed weights needs no list of tensors. What packing makes of a weight is not in it: the version of
/// the file says that.
/// </summary>
internal static class LayoutFingerprint
{
    private const int Bytes = 16;

    /// <summary>The fingerprint of a layout in hexadecimal digits, the same on every machine.</summary>
    public static string Of(IEnumerable<WeightTensor> tensors, long length)
    {
        using SHA256 hash = SHA256.Create();
        byte[] digest = hash.ComputeHash(Encoding.UTF8.GetBytes(Describe(tensors, length)));
        return string.Concat(digest.Take(Bytes).Select(static value => value.ToString("x2", CultureInfo.InvariantCulture)));
    }

    private static string Describe(IEnumerable<WeightTensor> tensors, long length)
    {
        var text = new StringBuilder();
        text.Append(length.ToString(CultureInfo.InvariantCulture)).Append('\n');
        foreach (WeightTensor tensor in tensors)
        {
            long[] numbers = [tensor.Rows.Value, tensor.Columns.Value, tensor.Offset, tensor.FirstRow.Value, tensor.TableRows];
            string[] fields =
            [
                tensor.Kind.ToString(),
                tensor.Type.ToString(),
                tensor.Kind == WeightKind.SinusoidalPositions ? tensor.Encoding.ToString() : string.Empty,
                .. numbers.Select(static number => number.ToString(CultureInfo.InvariantCulture)),
                .. tensor.Names,
                .. tensor.Relative is { } relative ? relative.Buckets.Select(static bucket => bucket.ToString(CultureInfo.InvariantCulture)) : [],
            ];
            text.Append(string.Join("|", fields)).Append('\n');
        }

        return text.ToString();
    }
}
