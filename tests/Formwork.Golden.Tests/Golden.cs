using System.Text.Json;

namespace Formwork.Golden.Tests;

/// <summary>Results of independent implementations, recorded by the scripts in <c>training/</c>.</summary>
internal static class Golden
{
    public static JsonElement Read(string name)
    {
        string path = Path.Combine(RepositoryFolder.Get("tests", "Formwork.Golden.Tests", "goldens"), name + ".json");
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        return document.RootElement.Clone();
    }

    public static int[] Ids(this JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(static id => id.GetInt32())];

    public static double[] Doubles(this JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(static value => value.GetDouble())];
}
