using Formwork.Text;

namespace Formwork.Tests.Text;

/// <summary>Any byte string loads or gives the one typed exception; and what loads encodes and decodes without another.</summary>
public class ModelFileFuzzTests
{
    private const int MutationsPerModel = 4000;

    // Every way through the normaliser and the segmenters: rules, symbols, unknown text, spaces, long runs.
    private const string Sample =
        "  A man\tsings two words <sep> \ufb01x \u00e9t\u00e9e\u0301 \u6f22\u5b57 \U0001f642\u2581\u2581 aaaaaaaaaaaaaaaaaaaaaaaa \u00ad\u2026 \0 ";

    public static TheoryData<string> Small => ["char", "unigram-suffix", "bpe-unused", "unigram-verbatim", "word"];

    [Theory]
    [MemberData(nameof(Small))]
    public void A_model_cut_at_any_byte_loads_or_fails_cleanly(string name)
    {
        byte[] model = TestModels.Bytes(name);
        for (int length = 0; length < model.Length; length++)
        {
            Try(model.AsSpan(0, length), $"{name} cut at {length}");
        }
    }

    [Theory]
    [MemberData(nameof(Small))]
    public void A_damaged_model_loads_or_fails_cleanly(string name)
    {
        byte[] model = TestModels.Bytes(name);
        var random = new Random(5);
        int loaded = 0;
        for (int i = 0; i < MutationsPerModel; i++)
        {
            loaded += Try(Mutate(model, random), $"{name}, mutation {i}") ? 1 : 0;
        }
        // If all failed at once, nothing behind the reader would have been tested.
        Assert.InRange(loaded, MutationsPerModel / 20, MutationsPerModel * 19 / 20);
    }

    [Fact]
    public void A_damaged_large_rule_set_loads_or_fails_cleanly()
    {
        byte[] model = TestModels.Bytes("unigram-nfkc");
        var random = new Random(6);
        for (int i = 0; i < 150; i++)
        {
            byte[] damaged = [.. model];
            // The rules are the last 240,000 bytes or so.
            damaged[^random.Next(1, 235_000)] ^= (byte)(1 << random.Next(8));
            Try(damaged, $"mutation {i}");
        }
    }

    [Fact]
    public void Random_bytes_load_or_fail_cleanly()
    {
        var random = new Random(7);
        for (int i = 0; i < 5000; i++)
        {
            var data = new byte[random.Next(64)];
            random.NextBytes(data);
            Try(data, $"random {i}");
        }
    }

    private static byte[] Mutate(byte[] model, Random random)
    {
        List<byte> bytes = [.. model];
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
                    bytes[at] = random.Next(2) == 0 ? (byte)0 : (byte)0xFF;
                    break;
                case 3:
                    bytes.RemoveRange(at, Math.Min(bytes.Count - at, random.Next(1, 8)));
                    break;
                case 4:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(bytes.Count - at, random.Next(1, 8))));
                    break;
                default:
                    // Text changes keep the framing, so that they reach what is behind the reader.
                    bytes[at] = bytes[random.Next(bytes.Count)];
                    break;
            }
        }
        return [.. bytes];
    }

    private static bool Try(ReadOnlySpan<byte> data, string label)
    {
        try
        {
            SentencePieceModel model = SentencePieceModel.FromBytes(data);
            int[] ids = model.Encode(Sample);
            Assert.All(ids, id => Assert.InRange(id, 0, model.PieceCount - 1));
            Assert.Equal(ids.Length, model.EncodeWithOffsets(Sample).Length);
            model.Decode(ids);
            return true;
        }
        catch (VocabularyLoadException problem)
        {
            Assert.InRange(problem.Offset, -1, data.Length);
            Assert.NotEmpty(problem.Message);
            return false;
        }
        catch (Exception other) when (other is not Xunit.Sdk.XunitException)
        {
            Assert.Fail($"{label}: {other}");
            throw;
        }
    }
}
