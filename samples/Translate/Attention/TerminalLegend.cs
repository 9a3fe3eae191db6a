using Spectre.Console;
using Spectre.Console.Rendering;

namespace Translate.Attention;

/// <summary>Says under a map what its shades mean and what was drawn.</summary>
internal static class TerminalLegend
{
    /// <param name="map">The map.</param>
    /// <param name="layers">The number of decoder layers.</param>
    /// <param name="chosen">Whether the layer was chosen by <see cref="LayerChoice"/> rather than by the user.</param>
    public static IRenderable Of(AttentionMap map, int layers, bool chosen)
    {
        var legend = new Paragraph();
        foreach (Shade step in Shade.Steps)
        {
            legend.Append(new string(step.Block, 2), new Style(step.Color));
            legend.Append($" {Math.Round(step.AtLeast * 100)}%+  ", Shade.Quiet);
        }

        string layer = $"decoder layer {map.Layer + 1} of {layers}{(chosen ? ", which tells most here" : "")}; mean of its heads";
        legend.Append($"of a French word's attention\n{layer}\n", Shade.Quiet);
        return legend;
    }
}
