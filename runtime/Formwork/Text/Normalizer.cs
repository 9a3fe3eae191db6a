namespace Formwork.Text;

/// <summary>
/// Turns text into the form that pieces are cut from. It applies the model's own rules, never the platform's Unicode tables, since a
/// model was trained with one version of them: the longest rule that matches replaces what it matches, and everything else is kept.
/// </summary>
internal sealed class Normalizer
{
    private readonly CharacterMap? _map;
    private readonly PieceTrie? _verbatim;
    private readonly bool _dummyBefore;
    private readonly bool _dummyAfter;
    private readonly bool _removeExtraSpaces;
    private readonly bool _escapeSpaces;

    // ASCII bytes that stay as they are whenever another ASCII byte, or nothing, follows: nearly all of a Western text.
    private readonly bool[] _plain = new bool[256];

    /// <param name="settings">The rules and how spaces are treated.</param>
    /// <param name="verbatim">Symbols that no rule touches, or none.</param>
    /// <param name="spaceAsSuffix">Whether the dummy space comes last.</param>
    public Normalizer(NormalizerSettings settings, PieceTrie? verbatim, bool spaceAsSuffix)
    {
        _map = settings.Map;
        _verbatim = verbatim;
        _dummyBefore = settings.AddDummyPrefix && !spaceAsSuffix;
        _dummyAfter = settings.AddDummyPrefix && spaceAsSuffix;
        _removeExtraSpaces = settings.RemoveExtraWhitespaces;
        _escapeSpaces = settings.EscapeWhitespaces;
        for (int b = 0; b < 0x80; b++)
        {
            _plain[b] = b != ' '
                && (verbatim is null || verbatim.Child(PieceTrie.Root, (byte)b) == PieceTrie.None)
                && (_map is null || _map.LeavesAlone((byte)b));
        }
    }

    /// <summary>Writes the normal form of <paramref name="text"/>, nothing if there is only space to drop.</summary>
    /// <param name="text">UTF-8; a byte that is not becomes U+FFFD.</param>
    /// <param name="output">Receives the normal form.</param>
    public void Normalize(scoped ReadOnlySpan<byte> text, ref NormalizedText output)
    {
        int position = _removeExtraSpaces ? LeadingSpaces(text) : 0;
        if (position == text.Length)
        {
            return;
        }
        if (_dummyBefore)
        {
            output.Append(Space, position);
        }

        bool afterSpace = _removeExtraSpaces;
        while (position < text.Length)
        {
            int run = PlainRun(text[position..]);
            if (run > 0)
            {
                output.AppendCopied(text.Slice(position, run), position);
                position += run;
                afterSpace = false;
                continue;
            }
            int consumed = NextUnit(text[position..], out ReadOnlySpan<byte> unit);
            if (afterSpace)
            {
                unit = unit.TrimStart((byte)' ');
            }
            if (!unit.IsEmpty)
            {
                AppendEscaped(unit, position, ref output);
                afterSpace = _removeExtraSpaces && unit[^1] == ' ';
            }
            position += consumed;
        }

        if (_removeExtraSpaces)
        {
            position = output.TrimEnd(Space, position);
        }
        if (_dummyAfter)
        {
            output.Append(Space, position);
        }
        output.Finish(position);
    }

    /// <summary>What a space is in the normal form.</summary>
    public ReadOnlySpan<byte> Space => _escapeSpaces ? Utf8.SpaceSymbol : " "u8;

    /// <summary>Whether spaces at both ends are dropped and runs of them become one.</summary>
    public bool RemovesExtraSpaces => _removeExtraSpaces;

    /// <summary>Whether a space is put before the text.</summary>
    public bool HasDummyPrefix => _dummyBefore;

    /// <summary>Whether nothing that may follow <paramref name="text"/> changes its first unit.</summary>
    public bool IsDecided(ReadOnlySpan<byte> text) => _verbatim is null && _map?.StartsKey(text) != true;

    private int LeadingSpaces(ReadOnlySpan<byte> text)
    {
        int position = 0;
        while (position < text.Length)
        {
            int consumed = NextUnit(text[position..], out ReadOnlySpan<byte> unit);
            if (!unit.SequenceEqual(" "u8))
            {
                break;
            }
            position += consumed;
        }
        return position;
    }

    private int PlainRun(ReadOnlySpan<byte> text)
    {
        int run = 0;
        while (run < text.Length && _plain[text[run]])
        {
            run++;
        }
        // What follows the run decides about its last byte: a rule may compose it with a combining accent.
        return run < text.Length && text[run] >= 0x80 && run > 0 ? run - 1 : run;
    }

    /// <summary>Reads one unit of text; the answer is its length, and <paramref name="unit"/> what it becomes.</summary>
    public int NextUnit(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> unit)
    {
        int length = _verbatim is null ? 0 : _verbatim.LongestPrefix(text);
        if (length > 0)
        {
            unit = text[..length];
            return length;
        }
        if (_map is not null && (length = _map.Longest(text, out unit)) > 0)
        {
            return length;
        }
        unit = Utf8.StartsWellFormed(text, out length) ? text[..length] : Utf8.Replacement;
        return length;
    }

    /// <summary>Appends a unit, its spaces as they are written in the normal form.</summary>
    public void AppendEscaped(scoped ReadOnlySpan<byte> unit, int origin, ref NormalizedText output)
    {
        while (_escapeSpaces && unit.IndexOf((byte)' ') is >= 0 and int space)
        {
            output.Append(unit[..space], origin);
            output.Append(Utf8.SpaceSymbol, origin);
            unit = unit[(space + 1)..];
        }
        output.Append(unit, origin);
    }
}
