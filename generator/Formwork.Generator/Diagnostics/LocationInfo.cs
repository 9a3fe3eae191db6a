using Formwork.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Formwork.Generator.Diagnostics;

/// <summary>A location as plain data.</summary>
/// <param name="Path">The file's path.</param>
/// <param name="Start">The first character.</param>
/// <param name="Length">Number of characters.</param>
/// <param name="Lines">Where it stands in lines, for a file that is no source: the compilation has no tree to ask.</param>
internal sealed record LocationInfo(string Path, int Start, int Length, LineSpanInfo? Lines = null)
{
    /// <summary>Takes the place of a piece of syntax.</summary>
    public static LocationInfo From(SyntaxReference syntax) => new(syntax.SyntaxTree.FilePath, syntax.Span.Start, syntax.Span.Length);

    /// <summary>Takes a location in source.</summary>
    public static LocationInfo? From(Location location) => location.SourceTree is { } tree
        ? new(tree.FilePath, location.SourceSpan.Start, location.SourceSpan.Length)
        : null;

    /// <summary>The place of characters in a text that is no source.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="text">Its text.</param>
    /// <param name="start">The first character, inside the text or at its end.</param>
    /// <param name="length">Number of characters; cut at the text's end.</param>
    public static LocationInfo In(string path, string text, int start, int length)
    {
        int first = Math.Min(start, text.Length);
        int last = Math.Min(first + length, text.Length);
        return new(path, first, last - first, LineSpanInfo.Of(text, first, last));
    }

    public Location? ToLocation(Compilation compilation)
    {
        if (Lines is { } lines)
        {
            return Location.Create(Path, new TextSpan(Start, Length), lines.ToSpan());
        }

        SyntaxTree? tree = compilation.SyntaxTrees.FirstOrDefault(tree => tree.FilePath == Path);
        return tree is null || Start + Length > tree.Length ? null : Location.Create(tree, new TextSpan(Start, Length));
    }
}

/// <summary>First and last place of some characters, lines and columns counted from 0.</summary>
internal sealed record LineSpanInfo(int StartLine, int StartColumn, int EndLine, int EndColumn)
{
    /// <summary>Counts the lines of a text up to two places in it.</summary>
    public static LineSpanInfo Of(string text, int start, int end)
    {
        (int startLine, int startColumn) = Position(text, start);
        (int endLine, int endColumn) = Position(text, end);
        return new(startLine, startColumn, endLine, endColumn);
    }

    public LinePositionSpan ToSpan() => new(new LinePosition(StartLine, StartColumn), new LinePosition(EndLine, EndColumn));

    private static (int Line, int Column) Position(string text, int place)
    {
        int line = 0;
        int begin = 0;
        for (int i = 0; i < place; i++)
        {
            if (text[i] == '\n')
            {
                line++;
                begin = i + 1;
            }
        }

        return (line, place - begin);
    }
}
