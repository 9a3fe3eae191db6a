using System.Text;
using Formwork.Text;

namespace Formwork.Tests.Text.Pretrained;

/// <summary>Any damage to a JSON file gives the one typed error or a tokeniser that works.</summary>
public class PretrainedFuzzTests
{
    private const int MutationsPerFile = 250;
    private const string Sample = ">>fra<<  A man\tsings <extra_id_0> \u6f22\u5b57 \U0001f642\u2581 </s> {\n en_XX";

    private static readonly string[] Tokens = ["null", "-1", "0", "1e9", "2147483648", "\"\"", "\"x\"", "[]", "{}", "true", "\\ud800", "\u00e9", "\"<unk>\"", "\"</s>\"", "\0", "\"content\"", ","];

    public static TheoryData<string, string> Files
    {
        get
        {
            TheoryData<string, string> files = [];
            foreach (string name in PretrainedDirectories.AllNames)
            {
                foreach (string path in Directory.GetFiles(Path.Combine(PretrainedDirectories.Folder, name), "*.json").Order(StringComparer.Ordinal))
                {
                    files.Add(name, Path.GetFileName(path));
                }
            }
            return files;
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_damaged_file_gives_a_typed_error_or_a_working_tokeniser(string name, string file)
    {
        using var copy = new PretrainedCopy(name);
        if (name is "marian" or "t5")
        {
            // A small model in place of one with a quarter of a megabyte of rules, which each of many loads would read.
            copy.Write(name == "t5" ? "spiece.model" : "source.spm", File.ReadAllBytes(Path.Combine(PretrainedDirectories.Folder, name == "t5" ? "pegasus/spiece.model" : "marian/target.spm")));
        }
        byte[] content = File.ReadAllBytes(copy[file]);
        var random = new Random(17);
        int loaded = 0;
        for (int i = 0; i < MutationsPerFile; i++)
        {
            byte[] damaged = Mutate(content, random);
            copy.Write(file, damaged);
            loaded += Try(copy, $"{name}/{file}, mutation {i}: {Encoding.UTF8.GetString(damaged.AsSpan(0, Math.Min(400, damaged.Length)))}") ? 1 : 0;
        }
        Assert.InRange(loaded, 1, MutationsPerFile - 1);
    }

    [Fact]
    public void Settings_cut_at_any_byte_give_a_typed_error_or_a_working_tokeniser()
    {
        using var copy = new PretrainedCopy("t5-new");
        byte[] content = File.ReadAllBytes(copy["tokenizer_config.json"]);
        for (int length = 0; length < content.Length; length++)
        {
            copy.Write("tokenizer_config.json", content[..length]);
            Try(copy, $"cut at {length}");
        }
    }

    private static byte[] Mutate(byte[] content, Random random)
    {
        List<byte> bytes = [.. content];
        for (int edits = random.Next(1, 4); edits > 0; edits--)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.RemoveRange(at, Math.Min(bytes.Count - at, random.Next(1, 12)));
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(bytes.Count - at, random.Next(1, 30))));
                    break;
                case 4:
                    ReplaceValue(bytes, at, Tokens[random.Next(Tokens.Length)]);
                    break;
                default:
                    bytes[at] = bytes[random.Next(bytes.Count)];
                    break;
            }
            if (bytes.Count == 0)
            {
                break;
            }
        }
        return [.. bytes];
    }

    /// <summary>Puts another value behind the next colon, so that the file stays JSON more often than not.</summary>
    private static void ReplaceValue(List<byte> bytes, int at, string value)
    {
        int colon = bytes.IndexOf((byte)':', at);
        int end = colon < 0 ? -1 : bytes.FindIndex(colon, each => each is (byte)',' or (byte)'}');
        if (end > colon)
        {
            bytes.RemoveRange(colon + 1, end - colon - 1);
            bytes.InsertRange(colon + 1, Encoding.UTF8.GetBytes(value));
        }
    }

    private static bool Try(PretrainedCopy copy, string label)
    {
        try
        {
            Tokenizer tokenizer = copy.Load();
            int[] ids = tokenizer.SourceLanguage is null && tokenizer.Languages.Count > 0 && !tokenizer.Languages.ContainsKey("fra")
                ? tokenizer.WithLanguages(tokenizer.Languages.Keys.First(), tokenizer.Languages.Keys.First()).Encode(Sample)
                : tokenizer.Encode(Sample);
            Assert.All(ids, id => Assert.True(id >= 0, label));
            tokenizer.Decode(ids);
            tokenizer.Decode([.. Enumerable.Range(0, Math.Min(tokenizer.VocabularySize, 5_000))]);
            return true;
        }
        catch (VocabularyLoadException problem)
        {
            Assert.NotNull(problem.FileName);
            Assert.NotEmpty(problem.Message);
            return false;
        }
        catch (InvalidOperationException problem) when (problem.Message.Contains("WithLanguages", StringComparison.Ordinal))
        {
            return true;
        }
        catch (Exception other) when (other is not Xunit.Sdk.XunitException)
        {
            Assert.Fail($"{label}: {other}");
            throw;
        }
    }
}
