using System.Globalization;
using System.Xml;

namespace Translate.Attention;

/// <summary>Writes maps as an SVG picture, one below the other.</summary>
internal static class SvgHeatMap
{
    private const string Namespace = "http://www.w3.org/2000/svg";
    private const double Margin = 24;
    private const double CellWidth = 40;
    private const double CellHeight = 28;
    private const double CharacterWidth = 9;
    private const double TitleHeight = 64;
    private const double LegendHeight = 48;
    private const double LegendWidth = 480;

    // Labels above the columns are turned by 45°, so that a long word does not push the columns apart.
    private const double Slant = 0.7071;
    private const double ReadableWeight = 0.05;

    /// <summary>Writes the picture.</summary>
    /// <param name="maps">At least one map.</param>
    /// <param name="layers">The number of decoder layers.</param>
    /// <param name="output">Where the picture goes.</param>
    public static void Write(IReadOnlyList<AttentionMap> maps, int layers, Stream output)
    {
        double width = maps.Max(Width);
        double height = maps.Sum(Height) + LegendHeight + Margin;
        using var svg = XmlWriter.Create(output, new XmlWriterSettings { Indent = true, NewLineChars = "\n" });
        Open(svg, "svg", ("width", width), ("height", height), ("viewBox", $"0 0 {Text(width)} {Text(height)}"));
        Element(svg, "style", "text{font:14px system-ui,'DejaVu Sans',sans-serif;fill:#1b2733}.title{font-size:18px;font-weight:600}.quiet{font-size:12px;fill:#5b6b7b}.weight{font-size:11px;text-anchor:middle}.row{text-anchor:end}");
        Element(svg, "rect", "", ("width", "100%"), ("height", "100%"), ("fill", "#ffffff"));
        double top = 0;
        foreach (AttentionMap map in maps)
        {
            WriteMap(svg, map, layers, top);
            top += Height(map);
        }

        WriteLegend(svg, top + (Margin / 2));
        svg.WriteEndElement();
    }

    private static void WriteMap(XmlWriter svg, AttentionMap map, int layers, double top)
    {
        Element(svg, "text", $"Cross-attention in decoder layer {map.Layer + 1} of {layers}", ("class", "title"), ("x", Margin), ("y", top + 34));
        Element(svg, "text", "Each row: where the decoder looked in the English sentence while it wrote that French word.", ("class", "quiet"), ("x", Margin), ("y", top + 54));

        double left = Margin + RowLabelWidth(map);
        double cellsTop = top + TitleHeight + ColumnLabelHeight(map);
        for (int column = 0; column < map.SourceWords.Count; column++)
        {
            double x = left + ((column + 0.5) * CellWidth);
            double y = cellsTop - 8;
            Element(svg, "text", map.SourceWords[column], ("class", "column"), ("transform", $"translate({Text(x)} {Text(y)}) rotate(-45)"));
        }

        for (int row = 0; row < map.TargetWords.Count; row++)
        {
            double y = cellsTop + (row * CellHeight);
            Element(svg, "text", map.TargetWords[row], ("class", "row"), ("x", left - 10), ("y", y + 19));
            for (int column = 0; column < map.SourceWords.Count; column++)
            {
                WriteCell(svg, map, row, column, left + (column * CellWidth), y);
            }
        }
    }

    private static void WriteCell(XmlWriter svg, AttentionMap map, int row, int column, double x, double y)
    {
        double weight = map.Weights[row][column];
        Open(svg, "rect", ("class", "cell"), ("x", x), ("y", y), ("width", CellWidth - 1), ("height", CellHeight - 1), ("fill", Fill(weight)));
        Element(svg, "title", $"{map.TargetWords[row]} ← {map.SourceWords[column]}: {Percent(weight)} %");
        svg.WriteEndElement();
        if (weight >= ReadableWeight)
        {
            string ink = weight >= 0.5 ? "fill:#ffffff" : "fill:#1b2733";
            Element(svg, "text", Percent(weight), ("class", "weight"), ("style", ink), ("x", x + ((CellWidth - 1) / 2)), ("y", y + 18));
        }
    }

    private static void WriteLegend(XmlWriter svg, double top)
    {
        const int Steps = 5;
        for (int step = 0; step < Steps; step++)
        {
            double weight = step / (Steps - 1.0);
            double x = Margin + (step * 60);
            Element(svg, "rect", "", ("class", "legend"), ("x", x), ("y", top), ("width", 18), ("height", 18), ("fill", Fill(weight)), ("stroke", "#d5dde5"));
            Element(svg, "text", $"{Percent(weight)} %", ("class", "quiet"), ("x", x + 24), ("y", top + 14));
        }

        Element(svg, "text", "heads averaged; rows sum to 100", ("class", "quiet"), ("x", Margin + (Steps * 60) + 12), ("y", top + 14));
    }

    private static double Width(AttentionMap map)
    {
        double slanted = ColumnLabelHeight(map);
        double cells = (2 * Margin) + RowLabelWidth(map) + (map.SourceWords.Count * CellWidth) + slanted - (CellWidth / 2);
        return Math.Max(cells, (2 * Margin) + LegendWidth + (CharacterWidth * 10));
    }

    private static double Height(AttentionMap map) => TitleHeight + ColumnLabelHeight(map) + (map.TargetWords.Count * CellHeight) + Margin;

    private static double RowLabelWidth(AttentionMap map) => (LongestLabel(map.TargetWords) * CharacterWidth) + 10;

    private static double ColumnLabelHeight(AttentionMap map) => (LongestLabel(map.SourceWords) * CharacterWidth * Slant) + 20;

    private static int LongestLabel(IReadOnlyList<string> labels) => labels.Count == 0 ? 0 : labels.Max(Label.Width);

    /// <summary>From white to dark blue.</summary>
    private static string Fill(double weight)
    {
        double part = Math.Clamp(weight, 0, 1);
        return string.Create(CultureInfo.InvariantCulture, $"#{Mix(246, 8):x2}{Mix(249, 64):x2}{Mix(252, 129):x2}");

        int Mix(int light, int dark) => (int)Math.Round(light + ((dark - light) * part));
    }

    private static string Percent(double weight) => Math.Round(weight * 100).ToString("0", CultureInfo.InvariantCulture);

    private static string Text(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static void Element(XmlWriter svg, string name, string text, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        Open(svg, name, attributes);
        svg.WriteString(text);
        svg.WriteEndElement();
    }

    private static void Open(XmlWriter svg, string name, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        svg.WriteStartElement(name, Namespace);
        foreach ((string attribute, object value) in attributes)
        {
            svg.WriteAttributeString(attribute, value is double number ? Text(number) : value.ToString());
        }
    }
}
