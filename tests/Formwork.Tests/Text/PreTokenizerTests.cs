using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Formwork.Text;

namespace Formwork.Tests.Text;

/// <summary>Words are those that GPT-2's regular expression finds.</summary>
public partial class PreTokenizerTests
{
    [Fact]
    public void Every_character_of_unicode_is_of_the_class_that_the_reference_has_it_in()
    {
        using JsonDocument golden = JsonDocument.Parse(File.ReadAllBytes(TextFiles.Golden("byte-classes")));
        char[] expected = new char[0x110000];
        Fill("assigned", 'o');
        Fill("letters", 'l');
        Fill("numbers", 'n');
        Fill("spaces", 's');
        List<string> differences = [];
        for (int code = 0; code < expected.Length; code++)
        {
            // Which class a character has that a later version of Unicode added depends on the version.
            if (expected[code] != '\0' && expected[code] != ClassOf(code))
            {
                differences.Add($"U+{code:X4}: expected {expected[code]}, got {ClassOf(code)}");
            }
        }
        Assert.Empty(differences);

        void Fill(string name, char mark)
        {
            int[] runs = [.. golden.RootElement.GetProperty(name).EnumerateArray().Select(each => each.GetInt32())];
            for (int i = 0; i < runs.Length; i += 2)
            {
                Array.Fill(expected, mark, runs[i], runs[i + 1] - runs[i] + 1);
            }
        }
    }

    [Fact]
    public void Random_text_is_cut_as_by_the_regular_expression()
    {
        // .NET's own expressions see UTF-16 units, so the text has characters of one unit alone.
        const string Alphabet = "'''stremvlldaZ0189  \t\n\r\u00a0\u3000\u0085.,!_\u00e9\u0301\u4e00\u0663\u00b2\u2167\0\uFEFF\u200b\u180e\u001c";
        var random = new Random(8);
        for (int round = 0; round < 20_000; round++)
        {
            string text = new([.. Enumerable.Range(0, random.Next(1, 20)).Select(_ => Alphabet[random.Next(Alphabet.Length)])]);
            Assert.Equal(Words().Matches(text).Select(match => match.Value), Cut(text));
        }
    }

    [GeneratedRegex(@"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Words();

    private static List<string> Cut(string text)
    {
        ReadOnlySpan<byte> rest = Encoding.UTF8.GetBytes(text);
        List<string> words = [];
        while (!rest.IsEmpty)
        {
            int length = PreTokenizer.LengthOfWord(rest);
            words.Add(Encoding.UTF8.GetString(rest[..length]));
            rest = rest[length..];
        }
        return words;
    }

    /// <summary>What a character is by the words that it makes with a letter, a number and a sign before it.</summary>
    private static char ClassOf(int code)
    {
        Span<byte> text = stackalloc byte[8];
        int length = 0;
        foreach ((byte before, char mark) in new[] { ((byte)'a', 'l'), ((byte)'1', 'n'), ((byte)'!', 'o') })
        {
            text[0] = before;
            length = new Rune(code).EncodeToUtf8(text[1..]) + 1;
            if (PreTokenizer.LengthOfWord(text[..length]) == length)
            {
                return mark;
            }
        }
        return 's';
    }
}
