using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Formwork.Text;

namespace Formwork.Tests.Text;

/// <summary>Awkward strings, bytes that are not UTF-8 and random ids give what the reference gives.</summary>
public class SentencePieceGoldenTests
{
    public static TheoryData<string> Names => TestModels.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Awkward_strings_are_tokenised_and_joined_as_by_the_reference(string name)
    {
        SentencePieceModel model = TestModels.Get(name);
        using JsonDocument golden = Golden("strings");
        JsonElement.ArrayEnumerator entries = golden.RootElement.GetProperty("models").GetProperty(name).EnumerateArray();
        foreach (JsonElement input in golden.RootElement.GetProperty("strings").EnumerateArray())
        {
            Assert.True(entries.MoveNext());
            string unit = input.GetProperty("text").GetString()!;
            string text = new StringBuilder().Insert(0, unit, input.GetProperty("count").GetInt32()).ToString();
            string label = $"'{unit}' × {input.GetProperty("count")}";

            int[] ids = model.Encode(text);
            TokenSpan[] tokens = model.EncodeWithOffsets(text);
            string decoded = model.Decode(ids);
            Assert.Equal(ids, tokens.Select(token => token.Id));
            Assert.Equal(ids, model.Encode(Encoding.UTF8.GetBytes(text)));
            if (entries.Current.TryGetProperty("ids", out JsonElement expected))
            {
                Equal(label, Ints(expected), ids);
                Equal(label, Ints(entries.Current.GetProperty("offsets")), [.. tokens.SelectMany(t => new[] { t.Start, t.End })]);
                Equal(label, entries.Current.GetProperty("decoded").GetString(), decoded);
            }
            else
            {
                using var digest = new Digest();
                digest.Add(tokens, decoded);
                Equal(label, entries.Current.GetProperty("count").GetInt32(), ids.Length);
                Equal(label, entries.Current.GetProperty("digest").GetString(), digest.Take());
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Bytes_that_are_not_utf8_are_tokenised_as_by_the_reference(string name)
    {
        using JsonDocument golden = Golden("bytes");
        JsonElement.ArrayEnumerator entries = golden.RootElement.GetProperty("models").GetProperty(name).EnumerateArray();
        foreach (JsonElement input in golden.RootElement.GetProperty("inputs").EnumerateArray())
        {
            Assert.True(entries.MoveNext());
            byte[] text = input.GetBytesFromBase64();
            Equal(Convert.ToHexString(text), Ints(entries.Current), TestModels.Get(name).Encode(text));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Random_ids_are_joined_as_by_the_reference(string name)
    {
        using JsonDocument golden = Golden("decode");
        foreach (JsonElement entry in golden.RootElement.GetProperty("models").GetProperty(name).EnumerateArray())
        {
            int[] ids = Ints(entry.GetProperty("ids"));
            Equal(string.Join(' ', ids), entry.GetProperty("decoded").GetString(), TestModels.Get(name).Decode(ids));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_long_word_takes_well_under_a_second(string name)
    {
        SentencePieceModel model = TestModels.Get(name);
        string text = new('a', 100_000);
        model.Encode("warm-up");
        var watch = Stopwatch.StartNew();
        Assert.NotEmpty(model.Encode(text));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(1), $"took {watch.Elapsed}");
    }

    private static JsonDocument Golden(string name) => JsonDocument.Parse(File.ReadAllBytes(TextFiles.Golden(name)));

    private static int[] Ints(JsonElement array) => [.. array.EnumerateArray().Select(each => each.GetInt32())];

    private static void Equal(string label, int[] expected, int[] actual) =>
        Equal(label, string.Join(' ', expected), string.Join(' ', actual));

    private static void Equal<T>(string label, T expected, T actual) =>
        Assert.True(EqualityComparer<T>.Default.Equals(expected, actual), $"{label}: expected [{expected}], got [{actual}]");
}
