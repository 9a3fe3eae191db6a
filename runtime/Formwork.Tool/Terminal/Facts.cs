using Spectre.Console;
using Spectre.Console.Rendering;

namespace Formwork.Tool.Terminal;

/// <summary>A list of names and values, one a line.</summary>
internal static class Facts
{
    /// <summary>Writes a title and the facts below it.</summary>
    public static void Write(IAnsiConsole console, string title, IEnumerable<(string Name, string Value)> facts)
    {
        Grid grid = new Grid().AddColumn(new GridColumn().NoWrap().Padding(2, 0, 2, 0)).AddColumn(new GridColumn().NoWrap());
        foreach ((string name, string value) in facts)
        {
            grid.AddRow(Cell(name), Cell(value));
        }

        console.Write(new Spectre.Console.Text(title, new Style(decoration: Decoration.Bold)));
        console.WriteLine();
        console.Write(grid);
    }

    /// <summary>A text for a table, in which brackets mean nothing.</summary>
    public static IRenderable Cell(string text) => new Spectre.Console.Text(text);
}
