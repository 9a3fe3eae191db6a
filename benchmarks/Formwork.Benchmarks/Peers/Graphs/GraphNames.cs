using System.Globalization;

namespace Formwork.Benchmarks.Peers.Graphs;

/// <summary>The inputs and outputs that the three graphs and the script that runs them agree on.</summary>
internal static class GraphNames
{
    public const string Ids = "ids";
    public const string Hidden = "hidden";
    public const string Id = "id";
    public const string Position = "position";
    public const string Logits = "logits";

    public static string[] Cross(int layer) => Pair("cross", layer);

    public static string[] Past(int layer) => Pair("past", layer);

    public static string[] Present(int layer) => Pair("present", layer);

    private static string[] Pair(string what, int layer) =>
        [string.Create(CultureInfo.InvariantCulture, $"{what}_keys_{layer}"), string.Create(CultureInfo.InvariantCulture, $"{what}_values_{layer}")];
}
