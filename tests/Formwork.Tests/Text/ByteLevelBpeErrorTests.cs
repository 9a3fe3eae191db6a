using System.Text;
using Formwork.Text;

namespace Formwork.Tests.Text;

/// <summary>Each way in which the two files can be unusable gives its own error, with the file and the place; nothing else is ever thrown.</summary>
public class ByteLevelBpeErrorTests
{
    private const string NoMerges = "#version: 0.2\n";
    private static readonly string Bytes = Encoding.UTF8.GetString(ByteLevelFiles.Vocab([]))[..^1];

    [Theory]
    [InlineData("", VocabularyLoadError.Empty)]
    [InlineData("{}", VocabularyLoadError.Empty)]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n", VocabularyLoadError.NotAVocabulary)]
    [InlineData("<!DOCTYPE html><html></html>", VocabularyLoadError.NotAVocabulary)]
    [InlineData("PK\u0003\u0004", VocabularyLoadError.NotAVocabulary)]
    [InlineData("#version: 0.2\na b\n", VocabularyLoadError.NotAVocabulary)]
    [InlineData("[\"a\", \"b\"]", VocabularyLoadError.NotAVocabulary)]
    [InlineData("{\"version\": \"1.0\", \"model\": {\"vocab\": {}}}", VocabularyLoadError.Malformed)]
    [InlineData("{\"a\": 0", VocabularyLoadError.Malformed)]
    [InlineData("{\"a\": 0}}", VocabularyLoadError.Malformed)]
    [InlineData("{\"a\": 0} x", VocabularyLoadError.Malformed)]
    [InlineData("{a: 0}", VocabularyLoadError.Malformed)]
    [InlineData("{0: \"a\"}", VocabularyLoadError.Malformed)]
    [InlineData("{\"a\": null}", VocabularyLoadError.Malformed)]
    [InlineData("{\"a\": [[[[[]]]]]}", VocabularyLoadError.Malformed)]
    [InlineData("{\"a\": -1}", VocabularyLoadError.IdOutOfRange)]
    [InlineData("{\"a\": 0.5}", VocabularyLoadError.IdOutOfRange)]
    [InlineData("{\"a\": 1e3}", VocabularyLoadError.IdOutOfRange)]
    [InlineData("{\"a\": 99999999999}", VocabularyLoadError.IdOutOfRange)]
    [InlineData("{\"a\": 2147483647}", VocabularyLoadError.IdOutOfRange)]
    [InlineData("{\"a\": 0, \"b\": 4}", VocabularyLoadError.IdOutOfRange)]
    [InlineData("{\"a\": 0, \"a\": 1}", VocabularyLoadError.DuplicateSymbol)]
    [InlineData("{\"a\": 0, \"\\u0061\": 1}", VocabularyLoadError.DuplicateSymbol)]
    [InlineData("{\"a\": 0, \"b\": 0}", VocabularyLoadError.DuplicateId)]
    [InlineData("{\"\\ud800\": 0}", VocabularyLoadError.InvalidText)]
    [InlineData("{\"a\": 0}", VocabularyLoadError.BytePieces)]
    public void An_unusable_vocab_file_is_refused(string vocab, VocabularyLoadError error) =>
        Fails(Encoding.UTF8.GetBytes(vocab), Encoding.UTF8.GetBytes(NoMerges), error);

    [Theory]
    [InlineData("", VocabularyLoadError.Empty)]
    [InlineData("<html>", VocabularyLoadError.NotAVocabulary)]
    [InlineData("{\"a\": 0}", VocabularyLoadError.NotAVocabulary)]
    [InlineData("a b c\n", VocabularyLoadError.Merge)]
    [InlineData("ab\n", VocabularyLoadError.Merge)]
    [InlineData(" ab\n", VocabularyLoadError.Merge)]
    [InlineData("ab \n", VocabularyLoadError.Merge)]
    [InlineData("a  b\n", VocabularyLoadError.Merge)]
    [InlineData("a\tb\n", VocabularyLoadError.Merge)]
    [InlineData("a b\n", VocabularyLoadError.Merge)]
    [InlineData("zz b\n", VocabularyLoadError.Merge)]
    [InlineData("a zz\n", VocabularyLoadError.Merge)]
    [InlineData("a \u6f22\n", VocabularyLoadError.Merge)]
    public void An_unusable_list_of_merges_is_refused(string merges, VocabularyLoadError error)
    {
        VocabularyLoadException problem = Fails(Encoding.UTF8.GetBytes(Bytes + "}"), Encoding.UTF8.GetBytes(merges), error);
        Assert.Equal(0, problem.Offset);
        if (error == VocabularyLoadError.Merge)
        {
            Assert.Equal(NoMerges.Length, Fails(Encoding.UTF8.GetBytes(Bytes + "}"), Encoding.UTF8.GetBytes(NoMerges + merges), error).Offset);
        }
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused()
    {
        Fails([.. "{\"a"u8, 0xC3, .. "\": 0}"u8], Encoding.UTF8.GetBytes(NoMerges), VocabularyLoadError.InvalidText);
        Fails(Encoding.UTF8.GetBytes(Bytes + "}"), [(byte)'a', (byte)' ', 0xC3, (byte)'\n'], VocabularyLoadError.InvalidText);
    }

    [Fact]
    public void The_message_names_the_file_the_place_and_what_to_do()
    {
        string vocab = Path.GetTempFileName();
        string merges = Path.GetTempFileName();
        File.WriteAllText(vocab, Bytes + ", \"!\": 600}");
        File.WriteAllText(merges, NoMerges + "a b\n");
        VocabularyLoadException problem = Assert.Throws<VocabularyLoadException>(() => ByteLevelBpe.Load(vocab, merges));
        Assert.Equal((VocabularyLoadError.IdOutOfRange, vocab), (problem.Error, problem.FileName));
        Assert.Contains(
            $"'{vocab}' cannot be loaded (IdOutOfRange at byte {Bytes.Length + 2}): expected ids below 514, twice the number of tokens, found 600 for '!'",
            problem.Message, StringComparison.Ordinal);

        File.WriteAllText(vocab, Bytes + "}");
        problem = Assert.Throws<VocabularyLoadException>(() => ByteLevelBpe.Load(vocab, merges));
        Assert.Equal((VocabularyLoadError.Merge, merges, NoMerges.Length), (problem.Error, problem.FileName, problem.Offset));
        Assert.Contains("'ab', which it does not have. vocab.json and merges.txt are not of one model", problem.Message, StringComparison.Ordinal);
        File.Delete(merges);
        Assert.Throws<FileNotFoundException>(() => ByteLevelBpe.Load(vocab, merges));
        File.Delete(vocab);
    }

    [Fact]
    public void Damaged_files_load_or_fail_cleanly()
    {
        byte[] vocab = File.ReadAllBytes(TextFiles.ByteLevelBpe("vocab.json"));
        byte[] merges = File.ReadAllBytes(TextFiles.ByteLevelBpe("merges.txt"));
        var random = new Random(10);
        int loaded = 0;
        for (int i = 0; i < 1500; i++)
        {
            loaded += Try(i % 2 == 0 ? Damage(vocab, random) : vocab, i % 2 == 0 ? merges : Damage(merges, random), $"mutation {i}") ? 1 : 0;
        }
        Assert.InRange(loaded, 100, 1400);
    }

    [Fact]
    public void Small_files_cut_at_any_byte_load_or_fail_cleanly()
    {
        byte[] vocab = ByteLevelFiles.Vocab(["ab", "\u0120a", "<s>"]);
        byte[] merges = Encoding.UTF8.GetBytes(NoMerges + "a b\n\u0120 a\n");
        for (int length = 0; length < vocab.Length; length++)
        {
            Try(vocab[..length], merges, $"vocab.json cut at {length}");
        }
        for (int length = 0; length < merges.Length; length++)
        {
            Try(vocab, merges[..length], $"merges.txt cut at {length}");
        }
    }

    private static byte[] Damage(byte[] file, Random random)
    {
        if (random.Next(3) == 0)
        {
            // Whole lines keep merges intact, so that this reaches what is behind the readers.
            List<string> lines = [.. Encoding.UTF8.GetString(file).Split('\n')];
            lines.RemoveAt(random.Next(lines.Count));
            return Encoding.UTF8.GetBytes(string.Join('\n', lines));
        }
        byte[] damaged = [.. file];
        for (int edits = random.Next(1, 3); edits > 0; edits--)
        {
            int at = random.Next(damaged.Length);
            damaged[at] = random.Next(3) switch
            {
                0 => (byte)(damaged[at] ^ (1 << random.Next(8))),
                1 => (byte)random.Next(256),
                _ => damaged[random.Next(damaged.Length)],
            };
        }
        return damaged;
    }

    private static bool Try(byte[] vocab, byte[] merges, string label)
    {
        try
        {
            ByteLevelBpe vocabulary = ByteLevelBpe.FromBytes(vocab, merges);
            const string Sample = " A man's 2 dogs <s> \u00e9t\u00e9 \u6f22 \U0001f642\t\t\0 aaaaaaaaaa";
            int[] ids = vocabulary.Encode(Sample);
            Assert.All(ids, id => Assert.InRange(id, 0, vocabulary.Count - 1));
            Assert.Equal(Sample, vocabulary.Decode(ids));
            return true;
        }
        catch (VocabularyLoadException problem)
        {
            Assert.InRange(problem.Offset, -1, Math.Max(vocab.Length, merges.Length));
            Assert.NotEmpty(problem.Message);
            return false;
        }
        catch (Exception other) when (other is not Xunit.Sdk.XunitException)
        {
            Assert.Fail($"{label}: {other}");
            throw;
        }
    }

    private static VocabularyLoadException Fails(byte[] vocab, byte[] merges, VocabularyLoadError error)
    {
        VocabularyLoadException problem = Assert.Throws<VocabularyLoadException>(() => ByteLevelBpe.FromBytes(vocab, merges));
        Assert.True(problem.Error == error, problem.Message);
        Assert.NotEmpty(problem.Advice);
        return problem;
    }
}
