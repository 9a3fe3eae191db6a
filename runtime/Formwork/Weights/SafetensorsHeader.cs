using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Formwork.Weights;

/// <summary>
/// Reads the header: one JSON object with an entry <c>{"dtype", "shape", "data_offsets"}</c> for each tensor, and optionally
/// <c>__metadata__</c>, an object of strings. Nothing is skipped: what the format does not name is refused where it stands, so that
/// no reader of this file and of another library can see two different models in it.
/// </summary>
internal ref struct SafetensorsHeader
{
    private const int LongestField = 12; // data_offsets

    private readonly string _source;
    private Utf8JsonReader _json;

    private SafetensorsHeader(string source, ReadOnlySpan<byte> utf8)
    {
        _source = source;
        _json = new Utf8JsonReader(utf8);
    }

    /// <summary>The entries of all tensors, in the order of the header.</summary>
    public static List<SafetensorsEntry> Parse(string source, ReadOnlySpan<byte> utf8)
    {
        if (!Utf8.IsValid(utf8))
        {
            int valid = ValidPrefix(utf8);
            throw new WeightProblem(WeightLoadError.HeaderNotUtf8, $"the header is not UTF-8: the byte 0x{utf8[valid]:X2} cannot stand where it does",
                "The file is damaged: download or copy it again.")
            { Offset = SafetensorsLimits.LengthBytes + valid, Found = $"0x{utf8[valid]:X2}" }.In(source);
        }
        var header = new SafetensorsHeader(source, utf8);
        try
        {
            return header.ReadRoot();
        }
        catch (JsonException e)
        {
            throw new WeightLoadException(source, new WeightProblem(WeightLoadError.HeaderNotJson,
                $"the header is not valid JSON ({FirstSentence(e.Message)})", "The file is damaged, or was not written by a safetensors library.")
            { Offset = SafetensorsLimits.LengthBytes + header._json.BytesConsumed }, [], e);
        }
    }

    private readonly long Place => SafetensorsLimits.LengthBytes + _json.TokenStartIndex;

    private List<SafetensorsEntry> ReadRoot()
    {
        var entries = new List<SafetensorsEntry>();
        var names = new HashSet<string>();
        _json.Read();
        while (ReadKey())
        {
            long place = Place;
            string name = ReadName();
            if (!names.Add(name))
            {
                throw Duplicate(name, name == "__metadata__" ? null : name);
            }
            if (name == "__metadata__")
            {
                ReadMetadata();
                continue;
            }
            if (entries.Count == SafetensorsLimits.Tensors)
            {
                throw new WeightProblem(WeightLoadError.TooManyTensors, $"the header lists more than {SafetensorsLimits.Tensors} tensors",
                    "No encoder-decoder model has so many: the file is not a model's weights.")
                { Offset = place, Expected = $"at most {SafetensorsLimits.Tensors}" }.In(_source);
            }
            entries.Add(ReadEntry(name, place));
        }
        // What follows the object may be spaces; the reader refuses everything else.
        _json.Read();
        return entries;
    }

    private SafetensorsEntry ReadEntry(string name, long place)
    {
        Expect(JsonTokenType.StartObject, name, "an object");
        SafetensorsDType? dtype = null;
        long[]? shape = null;
        (long Begin, long End)? offsets = null;
        while (ReadKey())
        {
            switch (ShortText(LongestField))
            {
                case "dtype":
                    ThrowIfRepeated(dtype is not null, "dtype", name);
                    dtype = ReadDType(name);
                    break;
                case "shape":
                    ThrowIfRepeated(shape is not null, "shape", name);
                    shape = ReadShape(name);
                    break;
                case "data_offsets":
                    ThrowIfRepeated(offsets is not null, "data_offsets", name);
                    offsets = ReadOffsets(name);
                    break;
                default:
                    throw BadEntry(name, "has a field that the format does not define", "dtype, shape and data_offsets");
            }
        }
        if (dtype is null || shape is null || offsets is null)
        {
            throw BadEntry(name, $"has no {(dtype is null ? "dtype" : shape is null ? "shape" : "data_offsets")}", "dtype, shape and data_offsets");
        }
        return new SafetensorsEntry(name, dtype.Value, shape, offsets.Value.Begin, offsets.Value.End, place);
    }

    private SafetensorsDType ReadDType(string tensor)
    {
        Expect(JsonTokenType.String, tensor, "a string");
        string found = ShortText(SafetensorsDTypes.LongestName) ?? "…";
        if (!SafetensorsDTypes.TryParse(found, out SafetensorsDType dtype))
        {
            throw new WeightProblem(WeightLoadError.UnknownDType,
                $"tensor {WeightProblem.Quote(tensor)} has the dtype {WeightProblem.Quote(found)}, which the safetensors format does not define",
                "Save it as F32, F16 or BF16; if the file is valid, this version of Formwork is older than the file's format.")
            { Tensor = tensor, Offset = Place, Expected = "F32, F16 or BF16", Found = found }.In(_source);
        }
        return dtype;
    }

    private long[] ReadShape(string tensor)
    {
        Expect(JsonTokenType.StartArray, tensor, "an array");
        Span<long> shape = stackalloc long[SafetensorsLimits.Rank];
        int rank = 0;
        while (ReadElement(tensor))
        {
            if (rank == SafetensorsLimits.Rank)
            {
                throw new WeightProblem(WeightLoadError.BadRank,
                    $"tensor {WeightProblem.Quote(tensor)} has more than {SafetensorsLimits.Rank} dimensions",
                    "No weight of a transformer has so many: the file is damaged or is not a model's weights.")
                { Tensor = tensor, Offset = Place, Expected = $"at most {SafetensorsLimits.Rank} dimensions" }.In(_source);
            }
            shape[rank++] = ReadNumber(tensor);
        }
        return shape[..rank].ToArray();
    }

    private (long Begin, long End) ReadOffsets(string tensor)
    {
        Expect(JsonTokenType.StartArray, tensor, "an array");
        if (!ReadElement(tensor))
        {
            throw BadEntry(tensor, "has empty data_offsets", "two numbers");
        }
        long begin = ReadNumber(tensor);
        if (!ReadElement(tensor))
        {
            throw BadEntry(tensor, "has only one number in data_offsets", "two numbers");
        }
        long end = ReadNumber(tensor);
        return ReadElement(tensor) ? throw BadEntry(tensor, "has more than two numbers in data_offsets", "two numbers") : (begin, end);
    }

    private void ReadMetadata()
    {
        _json.Read();
        if (_json.TokenType != JsonTokenType.StartObject)
        {
            throw BadMetadata("is not an object");
        }
        var keys = new HashSet<string>();
        while (ReadKey())
        {
            string key = Text() ?? throw BadMetadata("has a key with half a surrogate pair");
            if (!keys.Add(key))
            {
                throw Duplicate(key, null);
            }
            _json.Read();
            if (_json.TokenType != JsonTokenType.String)
            {
                throw BadMetadata($"has a value that is not a string under {WeightProblem.Quote(key)}");
            }
        }
    }

    private readonly string ReadName()
    {
        string? name = IsShort(SafetensorsLimits.NameLength) ? Text() : "";
        string? fault = name switch
        {
            null => "has half a surrogate pair",
            "" => _json.ValueSpan.IsEmpty ? "is empty" : $"is {_json.ValueSpan.Length} bytes long, over the limit of {SafetensorsLimits.NameLength} characters",
            { Length: > SafetensorsLimits.NameLength } => $"is {name.Length} characters long, over the limit of {SafetensorsLimits.NameLength}",
            _ when name.Any(char.IsControl) => $"has a control character ({WeightProblem.Quote(name)})",
            _ => null,
        };
        return fault is null ? name! : throw new WeightProblem(WeightLoadError.BadName, $"a tensor's name {fault}",
            "The file is damaged, or was not written by a safetensors library.")
        { Offset = Place, Expected = $"1 to {SafetensorsLimits.NameLength} printable characters" }.In(_source);
    }

    // An escape takes six bytes for one UTF-16 unit, so nothing longer can be short enough once decoded.
    private readonly bool IsShort(int units) => _json.ValueSpan.Length <= 6 * units;

    private readonly string? ShortText(int units) => IsShort(units) ? Text() : null;

    // JSON may escape half a surrogate pair, which no .NET string can be made from.
    private readonly string? Text()
    {
        try
        {
            return _json.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private long ReadNumber(string tensor)
    {
        ReadOnlySpan<byte> digits = _json.TokenType == JsonTokenType.Number ? _json.ValueSpan : default;
        // 2^53 has sixteen digits; JSON itself has already refused leading zeros.
        bool plain = digits.Length is >= 1 and <= 16 && !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9');
        long value = 0;
        foreach (byte digit in plain ? digits : default)
        {
            value = value * 10 + (digit - '0');
        }
        if (!plain || value > SafetensorsLimits.Number)
        {
            string found = _json.TokenType == JsonTokenType.Number
                ? WeightProblem.Quote(Encoding.UTF8.GetString(digits[..Math.Min(digits.Length, 40)]))
                : $"a {Describe(_json.TokenType)}";
            throw new WeightProblem(WeightLoadError.BadNumber,
                $"tensor {WeightProblem.Quote(tensor)} has {found} where a size or an offset stands, which is written in digits and at most 2^53",
                "The file is damaged, or was not written by a safetensors library.")
            { Tensor = tensor, Offset = Place, Expected = "an integer from 0 to 2^53", Found = found }.In(_source);
        }
        return value;
    }

    private bool ReadKey()
    {
        _json.Read();
        return _json.TokenType == JsonTokenType.PropertyName;
    }

    private bool ReadElement(string tensor)
    {
        _json.Read();
        if (_json.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
        {
            throw new WeightProblem(WeightLoadError.HeaderTooDeep,
                $"tensor {WeightProblem.Quote(tensor)} has a nested {Describe(_json.TokenType)} where a size or an offset stands",
                "The file is damaged, or was not written by a safetensors library.")
            { Tensor = tensor, Offset = Place, Expected = "an integer", Found = $"a nested {Describe(_json.TokenType)}" }.In(_source);
        }
        return _json.TokenType != JsonTokenType.EndArray;
    }

    private void Expect(JsonTokenType type, string tensor, string expected)
    {
        _json.Read();
        if (_json.TokenType != type)
        {
            throw BadEntry(tensor, $"has a {Describe(_json.TokenType)} where the format has {expected}", expected);
        }
    }

    private readonly void ThrowIfRepeated(bool repeated, string key, string tensor)
    {
        if (repeated)
        {
            throw Duplicate(key, tensor);
        }
    }

    private readonly WeightLoadException BadEntry(string tensor, string fault, string expected) => new WeightProblem(
        WeightLoadError.BadEntry, $"the header's entry for tensor {WeightProblem.Quote(tensor)} {fault}",
        "The file is damaged, or was not written by a safetensors library.")
    { Tensor = tensor, Offset = Place, Expected = expected }.In(_source);

    private readonly WeightLoadException BadMetadata(string fault) => new WeightProblem(
        WeightLoadError.BadMetadata, $"the header's __metadata__ {fault} and the format has strings only",
        "Write the file again with safetensors' save_file, its metadata turned into strings.")
    { Offset = Place, Expected = "an object of strings" }.In(_source);

    private readonly WeightLoadException Duplicate(string key, string? tensor) => new WeightProblem(
        WeightLoadError.DuplicateKey, $"the header has the key {WeightProblem.Quote(key)} twice in one object",
        "Two readers could see two different models in such a file; write it again with safetensors' save_file.")
    { Tensor = tensor, Offset = Place, Found = key }.In(_source);

    private static string Describe(JsonTokenType type) => type switch
    {
        JsonTokenType.StartObject => "JSON object",
        JsonTokenType.StartArray => "JSON array",
        JsonTokenType.String => "string",
        JsonTokenType.Number => "number",
        JsonTokenType.Null => "null",
        _ => "truth value",
    };

    private static int ValidPrefix(ReadOnlySpan<byte> utf8)
    {
        int valid = 0;
        while (Rune.DecodeFromUtf8(utf8[valid..], out _, out int length) == System.Buffers.OperationStatus.Done)
        {
            valid += length;
        }
        return valid;
    }

    // The reader's messages end with a line and a column of a header that has one line; the byte offset says it better.
    private static string FirstSentence(string message) =>
        message.IndexOf(". ", StringComparison.Ordinal) is > 0 and var end ? message[..end] : message.TrimEnd('.');
}
