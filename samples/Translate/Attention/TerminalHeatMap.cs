using Spectre.Console;
using Spectre.Console.Rendering;

namespace Translate.Attention;

/// <summary>
/// Draws a map with blocks: one row an output word, one column an input word. Input words stand written out above their columns where
/// they fit side by side; otherwise they are written downwards, and what is wider than the terminal goes on below.
/// </summary>
internal sealed class TerminalHeatMap(AttentionMap map) : Renderable
{
    private const int LongestRowLabel = 18;
    private const int TallestColumnLabel = 12;
    private const char NoBlock = '·';

    /// <summary>Layouts for labels that are written downwards, the airiest first.</summary>
    private static readonly (int Gap, int Column)[] Narrow = [(2, 2), (1, 2), (1, 1)];

    private readonly string[] _rows = [.. map.TargetWords.Select(word => Label.Shorten(word, LongestRowLabel))];

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        int labels = _rows.Max(Label.Width);

        // A column is left free on the right: some terminals break the line when the last one is written.
        int room = maxWidth - labels - 1;
        int[] writtenOut = [.. map.SourceWords.Select(Label.Width)];
        int gap = Fits(2) ? 2 : 1;
        return Fits(gap) ? RenderBand(labels, new Band(0, gap, writtenOut), WrittenOut) : RenderBands(labels, room);

        bool Fits(int gap) => writtenOut.Sum() + (gap * writtenOut.Length) <= room;
    }

    private IEnumerable<Segment> RenderBands(int labels, int room)
    {
        int count = map.SourceWords.Count;
        int widest = map.SourceWords.SelectMany(Label.Elements).Max(Label.Width);
        (int Gap, int Column)[] layouts = [.. Narrow.Where(layout => layout.Column >= widest)];
        (int gap, int column) = layouts.FirstOrDefault(layout => (layout.Gap + layout.Column) * count <= room, layouts[^1]);

        // Bands of equal width read better than a full one and a remnant.
        int perBand = Math.Max(1, room / (gap + column));
        int bands = (count + perBand - 1) / perBand;
        perBand = (count + bands - 1) / bands;
        for (int start = 0; start < count; start += perBand)
        {
            int[] widths = [.. Enumerable.Repeat(column, Math.Min(perBand, count - start))];
            foreach (Segment segment in RenderBand(labels, new Band(start, gap, widths), WrittenDown))
            {
                yield return segment;
            }

            if (start + perBand < count)
            {
                yield return Segment.LineBreak;
            }
        }
    }

    private IEnumerable<Segment> RenderBand(int labels, Band band, Func<Band, IEnumerable<string>> header)
    {
        foreach (string line in header(band))
        {
            yield return new Segment((new string(' ', labels) + line).TrimEnd());
            yield return Segment.LineBreak;
        }

        for (int row = 0; row < _rows.Length; row++)
        {
            yield return new Segment(Label.PadRight(_rows[row], labels));
            for (int column = 0; column < band.Widths.Length; column++)
            {
                yield return new Segment(band.GapText);
                yield return Cell(map.Weights[row][band.Start + column], band.Widths[column]);
            }

            yield return Segment.LineBreak;
        }
    }

    // A dot where nothing is drawn leads the eye along the row and up to the word.
    private static Segment Cell(double weight, int width) => Shade.Of(weight) is { } shade
        ? new Segment(new string(shade.Block, width), new Style(shade.Color))
        : new Segment(NoBlock.ToString().PadLeft((width + 1) / 2).PadRight(width), Shade.Quiet);

    private IEnumerable<string> WrittenOut(Band band) => [string.Concat(map.SourceWords.Select(word => band.GapText + word))];

    private IEnumerable<string> WrittenDown(Band band)
    {
        string[][] labels = [.. band.Widths.Select((_, i) => Label.Elements(Label.Shorten(map.SourceWords[band.Start + i], TallestColumnLabel)).ToArray())];
        int height = labels.Max(label => label.Length);
        for (int line = 0; line < height; line++)
        {
            // Labels stand on their columns, so the short ones begin lower.
            yield return string.Concat(labels.Select((label, i) =>
            {
                int element = line - (height - label.Length);
                return band.GapText + Label.PadRight(element < 0 ? "" : label[element], band.Widths[i]);
            }));
        }
    }

    /// <summary>Columns that are drawn side by side.</summary>
    private sealed record Band(int Start, int Gap, int[] Widths)
    {
        public string GapText { get; } = new(' ', Gap);
    }
}
