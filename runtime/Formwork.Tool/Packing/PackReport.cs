using System.Globalization;
using Formwork.Tool.Inspection;
using Formwork.Tool.Terminal;
using Formwork.Weights;

namespace Formwork.Tool.Packing;

/// <summary>What was packed.</summary>
/// <param name="Model">The declared type.</param>
/// <param name="File">The checkpoint.</param>
/// <param name="Output">The packed file.</param>
/// <param name="Fingerprint">What tells its layout from others, as hexadecimal.</param>
/// <param name="Checksum">The CRC-32C of the weights, as hexadecimal.</param>
/// <param name="SourceBytes">The checkpoint's length, that of all its shards.</param>
/// <param name="Bytes">The packed file's length.</param>
/// <param name="WeightBytes">The length of the weights in it, and in memory.</param>
/// <param name="Seconds">How long loading, converting and writing the weights took.</param>
internal sealed record PackReport(
    string Model, string File, string Output, string Fingerprint, string Checksum, long SourceBytes, long Bytes, long WeightBytes, double Seconds)
{
    private const int Milliseconds = 3;

    /// <summary>One line for people.</summary>
    public string Line() => $"{Printable.Of(Output)}: {Numbers.Bytes(Bytes)} for {Model}, fingerprint {Fingerprint}";

    /// <summary>Describes a file that was written.</summary>
    public static PackReport Of(string model, string file, long sourceBytes, string output, TimeSpan time)
    {
        PackedHeader header = PackedInspection.Header(output);
        return new(
            model,
            file,
            output,
            header.Fingerprint.ToString("x32", CultureInfo.InvariantCulture),
            header.DataChecksum.ToString("x8", CultureInfo.InvariantCulture),
            sourceBytes,
            header.DataOffset + header.DataLength,
            header.DataLength,
            Math.Round(time.TotalSeconds, Milliseconds));
    }
}
