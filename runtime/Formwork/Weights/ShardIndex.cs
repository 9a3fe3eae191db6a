using System.Text;
using System.Text.Json;

namespace Formwork.Weights;

/// <summary>
/// Hugging Face's <c>model.safetensors.index.json</c>: <c>{"metadata": …, "weight_map": {"tensor": "shard file"}}</c>. A shard is a plain name of a file
/// beside the index: with a path in it, an index could make a program open any file of the machine.
/// </summary>
internal static class ShardIndex
{
    /// <summary>How the name of an index ends.</summary>
    private const string Suffix = ".index.json";

    private const int MostBytes = 100_000_000;

    /// <summary>Whether a file is an index, by its name.</summary>
    public static bool IsIndex(string path) => path.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads an index.</summary>
    /// <param name="source">The file.</param>
    /// <returns>The shard of each tensor.</returns>
    /// <exception cref="WeightLoadException">It is no index, or names something else than files beside it.</exception>
    public static Dictionary<string, string> Read(ByteSource source)
    {
        if (source.Length > MostBytes)
        {
            throw Damaged($"it has {source.Length} bytes, more than the {MostBytes} of any index").In(source.Name);
        }

        byte[] utf8 = new byte[source.Length];
        source.Read(0, utf8);
        source.ThrowIfChanged();
        try
        {
            return Parse(utf8);
        }
        catch (JsonException e)
        {
            throw new WeightLoadException(source.Name, Damaged("it is not valid JSON") with { Offset = e.BytePositionInLine }, [], e);
        }
        catch (DecoderFallbackException e)
        {
            throw new WeightLoadException(source.Name, Damaged("it is not UTF-8"), [], e);
        }
        catch (ShardIndexException e)
        {
            throw e.Problem.In(source.Name);
        }
    }

    private static Dictionary<string, string> Parse(ReadOnlySpan<byte> utf8)
    {
        // A decoder that throws: the reader would let a broken name pass as replacement characters.
        new UTF8Encoding(false, throwOnInvalidBytes: true).GetCharCount(utf8);
        var json = new Utf8JsonReader(utf8.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8);
        Expect(json.Read() && json.TokenType == JsonTokenType.StartObject, "it is no JSON object");
        Dictionary<string, string>? map = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            bool isMap = json.ValueTextEquals("weight_map"u8);
            json.Read();
            if (!isMap)
            {
                json.Skip();
                continue;
            }

            Expect(map is null, "it has two weight maps");
            map = ReadMap(ref json);
        }

        json.Read();
        Expect(map is { Count: > 0 }, "it has no weight_map, which says in which file each tensor is");
        return map!;
    }

    private static Dictionary<string, string> ReadMap(ref Utf8JsonReader json)
    {
        Expect(json.TokenType == JsonTokenType.StartObject, "its weight_map is no JSON object");
        var map = new Dictionary<string, string>();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            string tensor = json.GetString()!;
            json.Read();
            Expect(json.TokenType == JsonTokenType.String, $"the shard of {WeightProblem.Quote(tensor)} is no string");
            string shard = json.GetString()!;
            if (!IsPlainName(shard))
            {
                throw new ShardIndexException(new WeightProblem(WeightLoadError.ShardOutside,
                    $"the shard of {WeightProblem.Quote(tensor)} is {WeightProblem.Quote(shard)}, which is no plain name of a file beside the index",
                    "Do not use this file unless you know who wrote it: a checkpoint's shards lie beside its index.")
                { Tensor = tensor, Expected = "the name of a file", Found = shard });
            }

            Expect(map.TryAdd(tensor, shard), $"it lists {WeightProblem.Quote(tensor)} twice");
            Expect(map.Count <= SafetensorsLimits.Tensors, $"it lists more than {SafetensorsLimits.Tensors} tensors");
        }

        return map;
    }

    /// <summary>Separators of any system are refused on all of them, and drives, and names of folders.</summary>
    private static bool IsPlainName(string name) =>
        name.Length is > 0 and <= 255 && name is not ("." or "..") && name.AsSpan().IndexOfAny("/\\:\0") < 0 && !Path.IsPathRooted(name);

    private static void Expect(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new ShardIndexException(Damaged(otherwise));
        }
    }

    private static WeightProblem Damaged(string what) => new(WeightLoadError.ShardIndexDamaged, $"the index of a checkpoint in shards cannot be used: {what}",
        "Download or copy model.safetensors.index.json again; it is a small text file.");

    private sealed class ShardIndexException(WeightProblem problem) : Exception
    {
        public WeightProblem Problem { get; } = problem;
    }
}
