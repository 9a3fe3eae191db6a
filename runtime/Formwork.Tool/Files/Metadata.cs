using System.Text;
using System.Text.Json;
using Formwork.Weights;

namespace Formwork.Tool.Files;

/// <summary>What a safetensors file says about itself. The runtime checks it and has no use for it.</summary>
internal static class Metadata
{
    private const string Key = "__metadata__";

    /// <summary>Reads the metadata of a file whose header the runtime has found sound.</summary>
    /// <param name="header">The header's JSON.</param>
    /// <exception cref="ToolException">It is not sound any more.</exception>
    public static SortedDictionary<string, string> Read(ReadOnlySpan<byte> header)
    {
        try
        {
            return Parse(header);
        }
        catch (JsonException e)
        {
            throw ToolException.Problem("another program wrote to the file while it was being read; try again when that has ended", e);
        }
    }

    /// <summary>The header of a file that is open.</summary>
    public static byte[] Header(SafetensorsFile file) => SafetensorsContainer.ReadHeader(file.Source);

    private static SortedDictionary<string, string> Parse(ReadOnlySpan<byte> header)
    {
        var metadata = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(header);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isMetadata = reader.ValueTextEquals(Key);
            reader.Read();
            if (!isMetadata)
            {
                reader.Skip();
                continue;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                string name = reader.GetString()!;
                reader.Read();
                metadata[name] = Value(reader);
            }
        }

        return metadata;
    }

    // The runtime reads no values, so one may hold half a surrogate pair, which no .NET string can be made from: it is shown as it is stored.
    private static string Value(Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(reader.ValueSpan);
        }
    }
}
