using System.Text.Encodings.Web;
using System.Text.Json;

namespace Formwork.Benchmarks.Commands;

/// <summary>Results as JSON, one line each, on standard output.</summary>
internal static class JsonOutput
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        // Read by people too: no \u002B for a plus sign.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes a result.</summary>
    public static void Write<T>(T result)
    {
        Console.Out.WriteLine(JsonSerializer.Serialize(result, Options));
        Console.Out.Flush();
    }
}
