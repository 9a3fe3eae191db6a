using System.Buffers.Binary;
using System.Text;
using Formwork.Weights;

namespace Formwork.Tests.Weights;

public sealed class PackedWeightsTests
{
    [Theory]
    [InlineData(WeightStorage.Mapped)]
    [InlineData(WeightStorage.Copied)]
    public void What_was_saved_is_loaded_bit_for_bit_and_no_manifest_is_built(WeightStorage storage)
    {
        using WeightMemory original = WeightFile.Load(PackedFile.Safetensors, PackedFile.Layout, PackedFile.Manifest);
        using var file = new TemporaryFile(PackedFile.Packed);
        using (WeightMemory loaded = WeightFile.Load(file.Path, PackedFile.Layout, storage, PackedFile.NoManifest))
        {
            Assert.Equal(original.Length, loaded.Length);
            Assert.Equal(PackedFile.BytesOf(original), PackedFile.BytesOf(loaded));
            Assert.Throws<ArgumentOutOfRangeException>(() => loaded.Floats(loaded.Length, 1).Length);
        }

        file.AssertClosed();
        using WeightMemory fromMemory = WeightFile.Load(PackedFile.Packed, PackedFile.Layout, PackedFile.NoManifest);
        Assert.Equal(PackedFile.BytesOf(original), PackedFile.BytesOf(fromMemory));
    }

    [Theory]
    [InlineData(WeightStorage.Mapped)]
    [InlineData(WeightStorage.Copied)]
    public void A_safetensors_file_is_packed_whatever_the_storage(WeightStorage storage)
    {
        using var file = new TemporaryFile(PackedFile.Safetensors);
        using WeightMemory loaded = WeightFile.Load(file.Path, PackedFile.Layout, storage, PackedFile.Manifest);
        file.AssertClosed();
        Assert.Equal(PackedFile.Packed[PackedFile.Data..], PackedFile.BytesOf(loaded));
    }

    [Fact]
    public unsafe void Mapped_weights_are_aligned()
    {
        using var file = new TemporaryFile(PackedFile.Packed);
        using WeightMemory loaded = WeightFile.Load(file.Path, PackedFile.Layout, WeightStorage.Mapped, PackedFile.NoManifest);
        Assert.Equal(0, (nint)loaded.At(0, 1) % 64);
    }

    [Fact]
    public void The_header_is_as_documented()
    {
        ReadOnlySpan<byte> file = PackedFile.Packed;
        Assert.Equal("8946574B0D0A1A0A0D0C0B0A", Convert.ToHexString(file[..12]));
        Assert.Equal(1, BinaryPrimitives.ReadInt32LittleEndian(file[12..]));
        Assert.Equal(PackedFile.Header, BinaryPrimitives.ReadInt32LittleEndian(file[16..]));
        Assert.Equal(Crc32C.Append(Crc32C.Empty, file[PackedFile.Data..]), BinaryPrimitives.ReadUInt32LittleEndian(file[20..]));
        Assert.Equal(file.Length, BinaryPrimitives.ReadInt64LittleEndian(file[24..]));
        Assert.Equal(PackedFile.Data, BinaryPrimitives.ReadInt64LittleEndian(file[32..]));
        Assert.Equal(PackedFile.Layout.Bytes, BinaryPrimitives.ReadInt64LittleEndian(file[40..]));
        Assert.Equal(PackedFile.Layout.Fingerprint, BinaryPrimitives.ReadUInt128LittleEndian(file[48..]));
        Assert.Equal(13, BinaryPrimitives.ReadInt32LittleEndian(file[64..]));
        Assert.Equal("Samples.Mixed", Encoding.UTF8.GetString(file.Slice(68, 13)));
        Assert.Equal(Crc32C.Append(Crc32C.Empty, file[..81]), BinaryPrimitives.ReadUInt32LittleEndian(file[81..]));
        Assert.False(file[PackedFile.Header..PackedFile.Data].ContainsAnyExcept((byte)0));
        Assert.Equal(PackedFile.Data + PackedFile.Layout.Bytes, file.Length);
    }

    [Fact]
    public void The_checksum_is_the_published_one()
    {
        Assert.Equal(0xE3069283, Crc32C.Append(Crc32C.Empty, "123456789"u8));
        Assert.Equal(0xE3069283, Crc32C.Append(Crc32C.Append(Crc32C.Empty, "1"u8), "23456789"u8));
        Assert.Equal(0x8A9136AAu, Crc32C.Append(Crc32C.Empty, new byte[32]));
    }

    [Fact]
    public void A_name_of_any_length_is_saved()
    {
        WeightLayout layout = PackedFile.Layout with { Model = new string('é', 5000) };
        using var file = new TemporaryFile([]);
        using WeightMemory memory = WeightFile.Load(PackedFile.Packed, PackedFile.Layout, PackedFile.NoManifest);
        PackedWeights.Save(file.Path, layout, memory);
        WeightFile.Load(file.Path, layout, WeightStorage.Mapped, PackedFile.NoManifest).Dispose();
        PackedWeights.Verify(file.Path);
    }

    [Fact]
    public void Loads_share_a_file()
    {
        using var file = new TemporaryFile(PackedFile.Packed);
        Parallel.For(0, 64, i =>
        {
            WeightStorage storage = i % 2 == 0 ? WeightStorage.Mapped : WeightStorage.Copied;
            using WeightMemory loaded = WeightFile.Load(file.Path, PackedFile.Layout, storage, PackedFile.NoManifest);
            Assert.True(PackedFile.Packed.AsSpan(PackedFile.Data).SequenceEqual(PackedFile.BytesOf(loaded)));
        });
        file.AssertClosed();
    }

    [Fact]
    public void A_file_that_may_only_be_read_is_mapped()
    {
        using var file = new TemporaryFile(PackedFile.Packed);
        File.SetAttributes(file.Path, FileAttributes.ReadOnly);
        WeightFile.Load(file.Path, PackedFile.Layout, WeightStorage.Mapped, PackedFile.NoManifest).Dispose();
        File.SetAttributes(file.Path, FileAttributes.Normal);
    }

    [SkippableFact]
    public unsafe void Saving_over_a_mapped_file_leaves_the_mapping_as_it_was()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows does not replace a mapped file");
        using var file = new TemporaryFile(PackedFile.Packed);
        using WeightMemory mapped = WeightFile.Load(file.Path, PackedFile.Layout, WeightStorage.Mapped, PackedFile.NoManifest);
        using (WeightMemory other = WeightFile.Load(PackedFile.Packed, PackedFile.Layout, PackedFile.NoManifest))
        {
            new Span<byte>(other.At(0, 64), 64).Fill(7);
            PackedWeights.Save(file.Path, PackedFile.Layout, other);
        }

        Assert.Equal(PackedFile.Packed[PackedFile.Data..], PackedFile.BytesOf(mapped));
        using WeightMemory renewed = WeightFile.Load(file.Path, PackedFile.Layout, WeightStorage.Mapped, PackedFile.NoManifest);
        Assert.Equal(7, PackedFile.BytesOf(renewed)[63]);
        // A mapped model may even be saved over the file that it is mapped from.
        PackedWeights.Save(file.Path, PackedFile.Layout, mapped);
        Assert.Equal(PackedFile.Packed, File.ReadAllBytes(file.Path));
    }

    [Fact]
    public void Mapping_allocates_a_few_objects_however_many_weights_there_are()
    {
        long few = AllocatedByMapping(64);
        long many = AllocatedByMapping(64 * 100_000);
        Assert.Equal(few, many);
        Assert.InRange(many, 1, 4096);
    }

    [Fact]
    public void Nothing_is_loaded_for_a_storage_that_does_not_exist() => Assert.Throws<ArgumentOutOfRangeException>(
        () => WeightFile.Load("none.fw", PackedFile.Layout, (WeightStorage)2, PackedFile.NoManifest));

    [Fact]
    public void Null_arguments_are_programming_errors()
    {
        Assert.Throws<ArgumentNullException>(() => WeightFile.Load(null!, PackedFile.Layout, WeightStorage.Mapped, PackedFile.NoManifest));
        Assert.Throws<ArgumentNullException>(() => WeightFile.Load("none.fw", PackedFile.Layout, WeightStorage.Mapped, null!));
        Assert.Throws<ArgumentNullException>(() => WeightFile.Load(PackedFile.Packed, PackedFile.Layout, null!));
        Assert.Throws<ArgumentNullException>(() => PackedWeights.Verify(null!));
        Assert.Throws<ArgumentNullException>(() => PackedWeights.Save("none.fw", PackedFile.Layout, null!));
        using var memory = new WeightMemory(64);
        Assert.Throws<ArgumentNullException>(() => PackedWeights.Save(null!, PackedFile.Layout, memory));
    }

    private static long AllocatedByMapping(long bytes)
    {
        var layout = new WeightLayout("Samples.Sized", 1, bytes);
        using var file = new TemporaryFile([]);
        using (var memory = new WeightMemory(bytes))
        {
            PackedWeights.Save(file.Path, layout, memory);
        }

        long least = long.MaxValue;
        for (int i = 0; i < 5; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            using WeightMemory mapped = WeightFile.Load(file.Path, layout, WeightStorage.Mapped, PackedFile.NoManifest);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
