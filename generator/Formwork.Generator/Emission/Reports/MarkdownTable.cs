using System.Text;

namespace Formwork.Generator.Emission.Reports;

/// <summary>A table whose columns line up in the text too.</summary>
internal sealed class MarkdownTable
{
    private readonly string[] _header;
    private readonly bool[] _isRight;
    private readonly List<string[]> _rows = [];

    /// <summary>Begins a table; a header that begins with <c>&gt;</c> names a column of numbers, which stand on the right.</summary>
    public MarkdownTable(params string[] header)
    {
        _isRight = [.. header.Select(static name => name.StartsWith(">", StringComparison.Ordinal))];
        _header = [.. header.Select(static name => name.TrimStart('>'))];
    }

    /// <summary>Adds a row.</summary>
    public MarkdownTable Row(params string[] cells)
    {
        _rows.Add(cells);
        return this;
    }

    /// <summary>Writes it, and an empty line below.</summary>
    public void WriteTo(StringBuilder text)
    {
        int[] widths = [.. _header.Select((name, column) => _rows.Select(row => row[column].Length).Append(name.Length).Append(3).Max())];
        if (!_isRight[_isRight.Length - 1])
        {
            widths[widths.Length - 1] = 3;
        }

        Line(text, _header, widths);
        Line(text, [.. widths.Select((width, column) => _isRight[column] ? new string('-', width - 1) + ":" : new string('-', width))], widths);
        foreach (string[] row in _rows)
        {
            Line(text, row, widths);
        }

        text.Append('\n');
    }

    private void Line(StringBuilder text, string[] cells, int[] widths)
    {
        for (int column = 0; column < cells.Length; column++)
        {
            // Nothing lines up behind the last column, whose texts may be long.
            bool isLast = column == cells.Length - 1;
            string cell = _isRight[column] ? cells[column].PadLeft(widths[column]) : isLast ? cells[column] : cells[column].PadRight(widths[column]);
            text.Append(column == 0 ? "| " : " | ").Append(cell);
        }

        text.Append(" |\n");
    }
}
