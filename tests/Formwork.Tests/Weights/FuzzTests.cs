using Formwork.Kernels;
using Formwork.Weights;

namespace Formwork.Tests.Weights;

public sealed class FuzzTests
{
    private static readonly byte[] Valid = new SafetensorsBytes()
        .Add("shared", [3, 2], [1, 2, 3, 4, 5, 6])
        .Add("w", "F16", [2, 3], new byte[12])
        .Add("b", "BF16", [1, 2], new byte[4])
        .Add("lm_head", [3, 2], [1, 2, 3, 4, 5, 6])
        .Build(3);

    private static readonly WeightManifest Manifest = new("Model", 1472,
        [
            WeightSlot.Matrix<Int8>(["shared", "lm_head"], 3, 2, 0),
            WeightSlot.Matrix<Float32>(["w"], 2, 3, 384),
            WeightSlot.Vector(["b"], 2, 768),
            WeightSlot.SinusoidalPositions(["p"], SinusoidKind.HuggingFace, 0, 4, 2, 832),
            WeightSlot.Matrix<Int4>(["shared", "lm_head"], 3, 2, 896),
        ], []);

    private static readonly string[] Tokens =
    [
        "{", "}", "[", "]", ",", ":", "\"", "0", "-1", "1e3", "1.0", "9007199254740993", "99999999999999999999", "null", "true", "\\u0000", "\\ud800",
        "\"__metadata__\":{}", "\"dtype\"", "\"shape\"", "\"data_offsets\"", "\"F64\"", "\"F4\"", "[0,0]", "[[", "{{", "\uFEFF", " ", "\n", "é",
    ];

    [Fact]
    public void The_file_that_is_mutated_loads() => SafetensorsLoading.Load(Valid, Manifest).Dispose();

    [Fact]
    public void Every_truncation_is_refused()
    {
        for (int length = 0; length < Valid.Length; length++)
        {
            var e = Assert.Throws<WeightLoadException>(() => SafetensorsLoading.Load(Valid.AsMemory(0, length), Manifest));
            WeightLoadError[] possible = [WeightLoadError.EmptyFile, WeightLoadError.TooShort, WeightLoadError.HeaderTruncated, WeightLoadError.PastEnd];
            Assert.Contains(e.Code, possible);
        }
    }

    [Fact]
    public void Every_single_byte_change_loads_or_is_refused()
    {
        byte[] file = [.. Valid];
        for (int i = 0; i < file.Length; i++)
        {
            byte original = file[i];
            foreach (byte value in (byte[])[0, 1, 0x22, 0x2C, 0x30, 0x39, 0x5D, 0x7F, 0x80, 0xFF, (byte)(original ^ 1), (byte)(original + 1)])
            {
                file[i] = value;
                LoadOrRefuse(file);
            }
            file[i] = original;
        }
    }

    [Fact]
    public void Random_mutations_load_or_are_refused()
    {
        var random = new Random(20170612);
        for (int i = 0; i < 20_000; i++)
        {
            var file = new List<byte>(Valid);
            for (int edits = random.Next(1, 4); edits > 0; edits--)
            {
                Mutate(file, random);
            }
            LoadOrRefuse([.. file]);
        }
    }

    private static void Mutate(List<byte> file, Random random)
    {
        int at = random.Next(file.Count);
        switch (random.Next(6))
        {
            case 0:
                file[at] = (byte)random.Next(256);
                break;
            case 1:
                file.RemoveRange(at, random.Next(Math.Min(file.Count - at, 16)));
                break;
            case 2:
                file.InsertRange(at, file.GetRange(at, random.Next(Math.Min(file.Count - at, 64))));
                break;
            case 3:
                file.InsertRange(at, System.Text.Encoding.UTF8.GetBytes(Tokens[random.Next(Tokens.Length)]));
                break;
            case 4:
                file[Math.Min(random.Next(8), file.Count - 1)] = (byte)random.Next(256);
                break;
            default:
                // A longer header and its length: what follows the length is reached far more often.
                byte[] token = System.Text.Encoding.UTF8.GetBytes(Tokens[random.Next(Tokens.Length)]);
                if (file.Count > 12)
                {
                    file.InsertRange(random.Next(9, Math.Min(file.Count, 300)), token);
                    int length = file[0] + (file[1] << 8) + token.Length;
                    file[0] = (byte)length;
                    file[1] = (byte)(length >> 8);
                }
                break;
        }
        if (file.Count == 0)
        {
            file.Add(0);
        }
    }

    private static void LoadOrRefuse(byte[] file)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            SafetensorsLoading.Load(file, Manifest).Dispose();
        }
        catch (WeightLoadException e)
        {
            Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
        }
        // The tile for packing is half a megabyte; everything else is a small multiple of the file.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (1 << 20) + 64 * file.Length);
    }
}
