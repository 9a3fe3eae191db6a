using Formwork.Weights;

namespace Formwork.Tests.Weights;

public sealed class PackedFuzzTests
{
    private static readonly WeightLoadError[] Refusals =
    [
        WeightLoadError.Truncated, WeightLoadError.TrailingBytes, WeightLoadError.HeaderDamaged, WeightLoadError.UnknownVersion,
        WeightLoadError.WrongEndianness, WeightLoadError.OtherModel, WeightLoadError.DataDamaged,
    ];

    [Fact]
    public void Every_truncation_of_the_header_and_some_of_the_data_are_refused()
    {
        for (int length = 0; length < PackedFile.Packed.Length; length += length < PackedFile.Data ? 1 : 61)
        {
            var e = Assert.Throws<WeightLoadException>(() => WeightFile.Load(PackedFile.Packed.AsMemory(0, length), PackedFile.Layout, PackedFile.Manifest));
            WeightLoadError expected = length == 0 ? WeightLoadError.EmptyFile : length < 4 ? WeightLoadError.TooShort : WeightLoadError.Truncated;
            Assert.Equal(expected, e.Code);
        }
    }

    [Fact]
    public void Every_truncation_of_the_header_is_refused_of_a_file()
    {
        using var file = new TemporaryFile(PackedFile.Packed);
        for (int length = PackedFile.Header; length >= 0; length--)
        {
            using (FileStream writer = File.OpenWrite(file.Path))
            {
                writer.SetLength(length);
            }

            Assert.Throws<WeightLoadException>(() => WeightFile.Load(file.Path, PackedFile.Layout, WeightStorage.Mapped, PackedFile.Manifest));
        }
    }

    [Fact]
    public void Every_bit_of_the_header_counts()
    {
        byte[] file = [.. PackedFile.Packed];
        for (int bit = 4 * 8; bit < PackedFile.Header * 8; bit++)
        {
            file[bit / 8] ^= (byte)(1 << (bit % 8));
            var e = Assert.Throws<WeightLoadException>(() => WeightFile.Load(file, PackedFile.Layout, PackedFile.NoManifest));
            Assert.Contains(e.Code, Refusals);
            file[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void Random_mutations_load_what_was_saved_or_are_refused()
    {
        var random = new Random(20170612);
        for (int i = 0; i < 10_000; i++)
        {
            byte[] file = Mutate(random, sealHeader: false);
            LoadOrRefuse(file);
        }
    }

    [Fact]
    public void Mutations_under_a_right_checksum_load_or_are_refused()
    {
        var random = new Random(20170613);
        for (int i = 0; i < 10_000; i++)
        {
            LoadOrRefuse(Mutate(random, sealHeader: true));
        }
    }

    [Fact]
    public void Mutated_files_are_mapped_or_refused()
    {
        var random = new Random(20170614);
        using var file = new TemporaryFile([]);
        for (int i = 0; i < 1_000; i++)
        {
            File.WriteAllBytes(file.Path, Mutate(random, sealHeader: i % 2 == 0));
            try
            {
                using WeightMemory memory = WeightFile.Load(file.Path, PackedFile.Layout, WeightStorage.Mapped, PackedFile.Manifest);
                // Every page is there.
                Assert.Equal(PackedFile.Layout.Bytes, PackedFile.BytesOf(memory).Length);
            }
            catch (WeightLoadException e)
            {
                Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
            }
        }

        file.AssertClosed();
    }

    private static byte[] Mutate(Random random, bool sealHeader)
    {
        byte[] file = [.. PackedFile.Packed];
        for (int edits = random.Next(1, 4); edits > 0; edits--)
        {
            int at = random.Next(8) == 0 ? random.Next(file.Length) : random.Next(PackedFile.Header);
            switch (random.Next(4))
            {
                case 0:
                    file[at] = (byte)random.Next(256);
                    break;
                case 1:
                    file[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    // A field of its own: lengths that are huge, negative or nearly right.
                    long[] values = [0, -1, 1, long.MaxValue, long.MinValue, file.Length, random.NextInt64(), 4096, 1L << 40];
                    BitConverter.TryWriteBytes(file.AsSpan(12 + (random.Next(7) * 8)), values[random.Next(values.Length)]);
                    break;
                default:
                    int length = Math.Max(PackedFile.Header, at);
                    file = random.Next(4) == 0 ? file[..length] : [.. file, .. file[..random.Next(64)]];
                    break;
            }
        }

        return sealHeader && file.Length > 20 ? PackedFile.Seal(file) : file;
    }

    private static void LoadOrRefuse(byte[] file)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            using WeightMemory memory = WeightFile.Load(file, PackedFile.Layout, PackedFile.Manifest);
            Assert.True(PackedFile.Packed.AsSpan(PackedFile.Data).SequenceEqual(PackedFile.BytesOf(memory)));
        }
        catch (WeightLoadException e)
        {
            Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }
}
