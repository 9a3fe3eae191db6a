using System.Globalization;
using System.Text;

namespace Formwork.Generator.Emission.Reports;

/// <summary>Writes JSON (RFC 8259), indented, members in the order of the calls. The compiler's own environment brings no library for it.</summary>
internal sealed class JsonWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;
    private bool _isFirst = true;

    /// <summary>Writes the outermost object.</summary>
    public static string Object(Action<JsonWriter> members)
    {
        var writer = new JsonWriter();
        writer.Braces('{', '}', () => members(writer));
        return writer._text.Append('\n').ToString();
    }

    public void Object(string name, Action members)
    {
        Name(name);
        Braces('{', '}', members);
    }

    /// <summary>Writes an array of objects.</summary>
    public void Objects<T>(string name, IEnumerable<T> items, Action<T> members)
    {
        Name(name);
        Braces('[', ']', () =>
        {
            foreach (T item in items)
            {
                Next();
                Braces('{', '}', () => members(item));
            }
        });
    }

    /// <summary>Writes an array of strings in one line.</summary>
    public void Strings(string name, IEnumerable<string> items)
    {
        Name(name);
        _text.Append('[').Append(string.Join(", ", items.Select(Quote))).Append(']');
    }

    public void Value(string name, string value)
    {
        Name(name);
        _text.Append(Quote(value));
    }

    /// <summary>Writes a number, or null.</summary>
    public void Value(string name, decimal? value)
    {
        Name(name);
        _text.Append(value is { } number ? number.ToString("0.####", CultureInfo.InvariantCulture) : "null");
    }

    public void Value(string name, bool value)
    {
        Name(name);
        _text.Append(value ? "true" : "false");
    }

    private static string Quote(string value)
    {
        var text = new StringBuilder("\"");
        foreach (char character in value)
        {
            // A lone half of a surrogate pair has no UTF-8; the escape keeps it.
            if (character is '"' or '\\')
            {
                text.Append('\\').Append(character);
            }
            else if (character < ' ' || char.IsSurrogate(character))
            {
                text.Append("\\u").Append(((int)character).ToString("x4", CultureInfo.InvariantCulture));
            }
            else
            {
                text.Append(character);
            }
        }

        return text.Append('"').ToString();
    }

    private void Name(string name)
    {
        Next();
        _text.Append(Quote(name)).Append(": ");
    }

    private void Next()
    {
        _text.Append(_isFirst ? "\n" : ",\n").Append(' ', 2 * _depth);
        _isFirst = false;
    }

    private void Braces(char open, char close, Action content)
    {
        _text.Append(open);
        _depth++;
        _isFirst = true;
        content();
        _depth--;
        if (!_isFirst)
        {
            _text.Append('\n').Append(' ', 2 * _depth);
        }

        _text.Append(close);
        _isFirst = false;
    }
}
