using System.Globalization;
using System.Text;
using System.Text.Json;
using Formwork.Generator.Parsing.Json;
using JsonException = Formwork.Generator.Parsing.Json.JsonException;

namespace Formwork.Generator.Tests.Config;

/// <summary>The generator's reader against the platform's: they accept the same texts and read the same values.</summary>
public class JsonReaderTests
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    [Fact]
    public void Random_texts_are_accepted_or_refused_as_the_platform_does()
    {
        var random = new Random(11);
        int accepted = 0;
        for (int round = 0; round < 20_000; round++)
        {
            var text = new StringBuilder();
            Write(text, random, depth: 0);
            if (round % 2 == 1)
            {
                text[random.Next(text.Length)] = "{}[]\",:0-9.eE\\u\n tfn"[random.Next(20)];
            }

            bool expected = TryPlatform(text.ToString(), out string? value);
            bool found = TryOwn(text.ToString(), out string? own);
            Assert.True(expected == found, text.ToString());
            Assert.Equal(value, own);
            accepted += found ? 1 : 0;
        }

        Assert.InRange(accepted, 10_000, 19_000);
    }

    private static bool TryPlatform(string text, out string? value)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, Strict);
            value = Canonical(document.RootElement);
            return true;
        }
        catch (System.Text.Json.JsonException)
        {
            value = null;
            return false;
        }
    }

    private static bool TryOwn(string text, out string? value)
    {
        try
        {
            value = JsonText.Compact(JsonReader.Read(text));
            return true;
        }
        catch (JsonException)
        {
            value = null;
            return false;
        }
    }

    private static string Canonical(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "{" + string.Join(',', element.EnumerateObject().Select(static member => $"\"{member.Name}\":{Canonical(member.Value)}")) + "}",
        JsonValueKind.Array => "[" + string.Join(',', element.EnumerateArray().Select(Canonical)) + "]",
        JsonValueKind.String => $"\"{element.GetString()}\"",
        _ => element.GetRawText(),
    };

    private static void Write(StringBuilder text, Random random, int depth)
    {
        text.Append(Space(random));
        switch (random.Next(depth > 3 ? 5 : 7))
        {
            case 0:
                text.Append("null");
                break;
            case 1:
                text.Append(random.Next(2) == 0 ? "true" : "false");
                break;
            case 2:
                text.Append(random.Next(-1000, 1000).ToString(CultureInfo.InvariantCulture));
                break;
            case 3:
                text.Append((random.NextDouble() - 0.5).ToString(random.Next(2) == 0 ? "R" : "E3", CultureInfo.InvariantCulture));
                break;
            case 4:
                String(text, random);
                break;
            case 5:
                Many(text, random, '[', ']', () => Write(text, random, depth + 1));
                break;
            default:
                Many(text, random, '{', '}', () =>
                {
                    text.Append(Space(random));
                    String(text, random);
                    text.Append(Space(random)).Append(':');
                    Write(text, random, depth + 1);
                });
                break;
        }

        text.Append(Space(random));
    }

    private static void Many(StringBuilder text, Random random, char open, char close, Action item)
    {
        text.Append(open);
        int count = random.Next(4);
        for (int i = 0; i < count; i++)
        {
            text.Append(i > 0 ? "," : string.Empty);
            item();
        }

        text.Append(Space(random)).Append(close);
    }

    private static void String(StringBuilder text, Random random)
    {
        string[] parts = ["a", "é", " ", "\\n", "\\\"", "\\\\", "\\/", "\\u00e9", "{", "]", ",", "x"];
        text.Append('"');
        for (int i = random.Next(6); i > 0; i--)
        {
            text.Append(parts[random.Next(parts.Length)]);
        }

        text.Append('"');
    }

    private static string Space(Random random) => random.Next(4) switch { 0 => " ", 1 => "\n\t", _ => string.Empty };
}
