using Formwork.Tool.Terminal;
using Spectre.Console;

namespace Formwork.Tool.Plans;

/// <summary>Shows the Markdown of reports in a terminal: headings, tables and paragraphs, which is all they have.</summary>
internal static class MarkdownView
{
    private const char Heading = '#';
    private const char Cell = '|';

    /// <summary>Writes a text.</summary>
    public static void Write(IAnsiConsole console, string markdown)
    {
        string[] lines = markdown.TrimEnd('\n').Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith(Cell))
            {
                int end = Array.FindIndex(lines, i, static line => !line.StartsWith(Cell));
                end = end < 0 ? lines.Length : end;
                console.Write(Table(lines[i..end]));
                i = end - 1;
            }
            else
            {
                bool isHeading = lines[i].StartsWith(Heading);
                console.Write(new Spectre.Console.Text(isHeading ? lines[i].TrimStart(Heading).Trim() : lines[i], isHeading ? new Style(decoration: Decoration.Bold) : null));
                console.WriteLine();
            }
        }
    }

    private static Table Table(string[] lines)
    {
        Table table = new Table().Border(TableBorder.Simple);
        string[] alignments = lines.Length > 1 && IsRule(lines[1]) ? Cells(lines[1]) : [];
        foreach ((int index, string header) in Cells(lines[0]).Index())
        {
            var column = new TableColumn(Facts.Cell(header));
            table.AddColumn(index < alignments.Length && alignments[index].EndsWith(':') ? column.RightAligned() : column);
        }

        foreach (string line in lines.Skip(alignments.Length > 0 ? 2 : 1))
        {
            // A row of another length than its heading's is cut or filled up, as Markdown has it.
            string[] cells = Cells(line);
            table.AddRow(Enumerable.Range(0, table.Columns.Count).Select(index => Facts.Cell(index < cells.Length ? cells[index] : "")));
        }

        return table;
    }

    private static bool IsRule(string line) => line.All(static c => c is Cell or '-' or ':' or ' ');

    private static string[] Cells(string line) => [.. line.Trim().Trim(Cell).Split(Cell).Select(static cell => cell.Trim())];
}
