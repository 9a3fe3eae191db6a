using System.Globalization;
using Formwork.Tool.Inspection;
using Formwork.Weights;

namespace Formwork.Tool.Packing;

/// <summary>What was packed.</summary>
/// <param name="Model">The declared type.</param>
/// <param name="File">The checkpoint.</param>
/// <param name="Output">The packed file.</param>
/// <param name="Fingerprint">What tells its layout from others, as hexadecimal.</param>
/// <param name="Checksum">The CRC-32C of the weights, as hexadecimal.</param>
/// <param name="SourceBytes">The checkpoint's length.</param>
/// <param name="Bytes">The packed file's length.</param>
/// <param name="WeightBytes">The length of the weights in it, and in memory.</param>
/// <param name="CompileSeconds">How long generating and compiling the model took.</param>
/// <param name="PackSeconds">How long loading, converting and writing the weights took.</param>
internal sealed record PackReport(
    string Model, string File, string Output, string Fingerprint, string Checksum, long SourceBytes, long Bytes, long WeightBytes, double CompileSeconds, double PackSeconds)
{
    /// <summary>Describes a file that was written.</summary>
    public static PackReport Of(string model, string file, string output, TimeSpan compiling, TimeSpan packing)
    {
        PackedHeader header = PackedInspection.Header(output);
        return new(
            model,
            file,
            output,
            header.Fingerprint.ToString("x32", CultureInfo.InvariantCulture),
            header.DataChecksum.ToString("x8", CultureInfo.InvariantCulture),
            new FileInfo(file).Length,
            header.DataOffset + header.DataLength,
            header.DataLength,
            Math.Round(compiling.TotalSeconds, 3),
            Math.Round(packing.TotalSeconds, 3));
    }
}
