using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Formwork.Tool.Terminal;

/// <summary>Results as one JSON document.</summary>
internal static class JsonOutput
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        // Read by people too: no \u002B for a plus sign.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        NewLine = "\n",
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Writes a result. Properties that are null are left out.</summary>
    public static void Write<T>(TextWriter output, T result) => output.Write(JsonSerializer.Serialize(result, Options) + "\n");
}
