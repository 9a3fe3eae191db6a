using System.Globalization;
using System.Text.Json.Serialization;
using Formwork.Tool.Terminal;
using Formwork.Weights;

namespace Formwork.Tool.Inspection;

/// <summary>What is in a file of packed weights. It lists no tensors: only the declaration that it was packed for knows where they lie.</summary>
/// <param name="File">The path as it was given.</param>
/// <param name="Bytes">The file's length.</param>
/// <param name="Version">The version of the format.</param>
/// <param name="Model">The name of the declared type.</param>
/// <param name="Fingerprint">What tells its layout from others, as hexadecimal.</param>
/// <param name="WeightBytes">The length of the weights.</param>
/// <param name="DataOffset">Where they begin.</param>
/// <param name="StoredChecksum">The CRC-32C that they were saved with, as hexadecimal.</param>
/// <param name="Problems">What is wrong with it.</param>
internal sealed record PackedReport(
    string File, long Bytes, int Version, string Model, string Fingerprint, long WeightBytes, long DataOffset, string StoredChecksum, IReadOnlyList<string> Problems)
{
    private const int First = -1;

    /// <summary>Tells it from a safetensors file.</summary>
    [JsonPropertyOrder(First)]
    public string Kind { get; } = "packed";

    /// <summary>Whether the weights have the checksum that they were saved with.</summary>
    public string Checksum => Problems.Count == 0 ? "right" : "wrong";

    /// <summary>Describes a sound header.</summary>
    public static PackedReport Of(string path, PackedHeader header, IReadOnlyList<string> problems) => new(
        path,
        header.DataOffset + header.DataLength,
        PackedHeader.Version,
        header.Model,
        header.Fingerprint.ToString("x32", CultureInfo.InvariantCulture),
        header.DataLength,
        header.DataOffset,
        header.DataChecksum.ToString("x8", CultureInfo.InvariantCulture),
        problems);

    /// <summary>Facts for people.</summary>
    public IEnumerable<(string Name, string Value)> Facts() =>
    [
        ("kind", $"packed weights, version {Version}"),
        ("size", Numbers.Bytes(Bytes)),
        ("model", Printable.Of(Model)),
        ("fingerprint", Fingerprint),
        ("weights", $"{Numbers.Bytes(WeightBytes)} from byte {Numbers.Count(DataOffset)} on"),
        ("checksum", $"{StoredChecksum}, {(Problems.Count == 0 ? "which the weights have" : "which the weights do not have: the file is damaged")}"),
    ];
}
