using System.Globalization;
using System.Text;

namespace Formwork.Generator.Parsing.Json;

/// <summary>
/// Reads JSON (RFC 8259), strictly: no comments, no trailing commas, no member twice. A compiler gives a generator no library for it, and one
/// that the generator brought along would have to agree with every other generator's.
/// </summary>
internal sealed class JsonReader
{
    /// <summary>Deeper than any configuration, and far from the end of the stack.</summary>
    private const int MostDepth = 64;

    private readonly string _text;
    private int _place;

    private JsonReader(string text) => _text = text;

    /// <summary>Reads a whole text.</summary>
    /// <exception cref="JsonException">It is no JSON, or nested too deeply.</exception>
    public static JsonValue Read(string text)
    {
        var reader = new JsonReader(text);
        reader.SkipSpace();
        JsonValue value = reader.Value(depth: 0);
        reader.SkipSpace();
        return reader._place == text.Length ? value : throw reader.Error("there is more after the end of the value");
    }

    private JsonValue Value(int depth)
    {
        if (depth > MostDepth)
        {
            throw Error($"values are nested deeper than {MostDepth.ToString(CultureInfo.InvariantCulture)}");
        }

        int start = _place;
        switch (Peek())
        {
            case '{':
                return Object(depth);
            case '[':
                return Array(depth);
            case '"':
                string text = String();
                return JsonValue.Plain(JsonKind.String, start, _place - start, text);
            case '-' or (>= '0' and <= '9'):
                return Number();
            default:
                JsonKind kind = Accept("null") ? JsonKind.Null
                    : Accept("true") ? JsonKind.True
                    : Accept("false") ? JsonKind.False
                    : throw Error(_place < _text.Length ? "a value was expected" : "the text ends too early");
                return JsonValue.Plain(kind, start, _place - start, string.Empty);
        }
    }

    private JsonValue Object(int depth)
    {
        int start = _place++;
        var members = new List<JsonMember>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        SkipSpace();
        while (Peek() != '}')
        {
            if (members.Count > 0)
            {
                Expect(',');
                SkipSpace();
            }

            if (Peek() != '"')
            {
                throw Error("a name in quotes was expected");
            }

            int begin = _place;
            string name = String();
            if (!names.Add(name))
            {
                throw new JsonException($"\"{name}\" stands there twice", begin);
            }

            SkipSpace();
            Expect(':');
            SkipSpace();
            members.Add(new(name, Value(depth + 1)));
            SkipSpace();
        }

        _place++;
        return new(JsonKind.Object, start, _place - start, string.Empty, [], members);
    }

    private JsonValue Array(int depth)
    {
        int start = _place++;
        var items = new List<JsonValue>();
        SkipSpace();
        while (Peek() != ']')
        {
            if (items.Count > 0)
            {
                Expect(',');
                SkipSpace();
            }

            items.Add(Value(depth + 1));
            SkipSpace();
        }

        _place++;
        return new(JsonKind.Array, start, _place - start, string.Empty, items, []);
    }

    private JsonValue Number()
    {
        int start = _place;
        _ = Accept("-");
        if (!Accept("0"))
        {
            Digits();
        }

        if (Accept("."))
        {
            Digits();
        }

        if (Accept("e") || Accept("E"))
        {
            _ = Accept("+") || Accept("-");
            Digits();
        }

        return JsonValue.Plain(JsonKind.Number, start, _place - start, _text.Substring(start, _place - start));
    }

    private void Digits()
    {
        if (Peek() is < '0' or > '9')
        {
            throw Error("a digit was expected");
        }

        while (Peek() is >= '0' and <= '9')
        {
            _place++;
        }
    }

    private string String()
    {
        var text = new StringBuilder();
        _place++;
        while (true)
        {
            char next = Peek();
            if (_place == _text.Length)
            {
                throw Error("a string does not end");
            }

            if (next < ' ')
            {
                throw Error("a control character stands in a string");
            }

            _place++;
            if (next == '"')
            {
                return text.ToString();
            }

            text.Append(next == '\\' ? Escaped() : next);
        }
    }

    private char Escaped()
    {
        char next = Peek();
        _place++;
        switch (next)
        {
            case '"' or '\\' or '/':
                return next;
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u' when _place + 4 <= _text.Length && ushort.TryParse(_text.Substring(_place, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code):
                _place += 4;
                return (char)code;
            default:
                _place--;
                throw Error("an escape that JSON does not have");
        }
    }

    private void SkipSpace()
    {
        while (Peek() is ' ' or '\t' or '\n' or '\r')
        {
            _place++;
        }
    }

    /// <summary>The next character; NUL at the end, which no valid text has outside of escapes.</summary>
    private char Peek() => _place < _text.Length ? _text[_place] : '\0';

    private bool Accept(string word)
    {
        if (string.CompareOrdinal(_text, _place, word, 0, word.Length) != 0)
        {
            return false;
        }

        _place += word.Length;
        return true;
    }

    private void Expect(char character)
    {
        if (Peek() != character)
        {
            throw Error(_place < _text.Length ? $"'{character}' was expected" : "the text ends too early");
        }

        _place++;
    }

    private JsonException Error(string message) => new(message, _place);
}
