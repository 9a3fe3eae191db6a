using System.Text;

namespace Formwork.Generator.Emission;

/// <summary>Writes C# with indentation. Lines end in <c>\n</c> on every machine.</summary>
internal sealed class SourceWriter
{
    private const string Indentation = "    ";
    private readonly StringBuilder _text = new();
    private int _depth;

    /// <summary>Writes a line, or several where the text holds line ends.</summary>
    public void Line(string text)
    {
        foreach (string line in text.Split('\n'))
        {
            string trimmed = line.TrimEnd('\r');
            if (trimmed.Length > 0)
            {
                for (int level = 0; level < _depth; level++)
                {
                    _text.Append(Indentation);
                }

                _text.Append(trimmed);
            }

            _text.Append('\n');
        }
    }

    /// <summary>Writes an empty line.</summary>
    public void Line() => _text.Append('\n');

    /// <summary>Writes a summary as documentation.</summary>
    public void Summary(string text) => Line($"/// <summary>{text}</summary>");

    /// <summary>Opens a brace under a header; disposing the result closes it.</summary>
    public IDisposable Block(string header)
    {
        Line(header);
        Line("{");
        _depth++;
        return new Scope(this, string.Empty);
    }

    /// <summary>Indents without braces; disposing the result returns and writes the closing text.</summary>
    public IDisposable Indent(string opening, string closing)
    {
        Line(opening);
        _depth++;
        return new Scope(this, closing);
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private sealed class Scope(SourceWriter writer, string closing) : IDisposable
    {
        public void Dispose()
        {
            writer._depth--;
            writer.Line(closing.Length == 0 ? "}" : closing);
        }
    }
}
