using System.Buffers.Binary;
using System.Text;
using Formwork.Weights;

namespace Formwork.Tests.Weights;

public sealed class PackedErrorTests
{
    private static readonly string[] Again = ["copy it again"];

    [Fact]
    public void A_file_that_ends_early_is_refused()
    {
        Refused(PackedFile.Packed[..20], WeightLoadError.Truncated, "20 bytes", "incomplete");
        Refused(PackedFile.Packed[..(PackedFile.Header - 1)], WeightLoadError.Truncated, $"header takes {PackedFile.Header}");
        WeightLoadException e = Refused(PackedFile.Packed[..^1], WeightLoadError.Truncated, $"{PackedFile.Packed.Length - 1} of the {PackedFile.Packed.Length} bytes");
        Assert.Equal((PackedFile.Packed.Length - 1, $"{PackedFile.Packed.Length} bytes"), (e.Offset, e.Expected));
    }

    [Fact]
    public void Bytes_after_the_weights_are_refused() => Refused([.. PackedFile.Packed, 0], WeightLoadError.TrailingBytes, "1 bytes follow");

    [Fact]
    public void A_header_without_its_checksum_is_refused() => Refused(Changed(70, 1), WeightLoadError.HeaderDamaged, "checksum", "copy it again", "safetensors");

    [Fact]
    public void A_file_transferred_as_text_is_named() => Refused(
        [.. PackedFile.Packed[..4], .. PackedFile.Packed[5..]], WeightLoadError.HeaderDamaged, "line ends", "binary mode");

    [Theory]
    [InlineData(2, "newer Formwork", "update the package")]
    [InlineData(int.MaxValue, "newer Formwork", "2147483647")]
    [InlineData(0, "version 0", "save it again")]
    public void Another_version_is_refused(int version, params string[] parts) => Refused(PackedFile.Seal(Changed(12, version)), WeightLoadError.UnknownVersion, parts);

    [Fact]
    public void Another_order_of_bytes_is_named()
    {
        byte[] file = [.. PackedFile.Packed];
        file.AsSpan(8, 4).Reverse();
        Refused(file, WeightLoadError.WrongEndianness, "most significant byte first");
        Refused(Changed(8, 5), WeightLoadError.HeaderDamaged, "order of bytes");
    }

    [Theory]
    [InlineData(24, 1L)]
    [InlineData(24, -1L)]
    [InlineData(24, long.MaxValue)]
    [InlineData(32, 64L)]
    [InlineData(32, 4097L)]
    [InlineData(32, -4096L)]
    [InlineData(32, long.MinValue)]
    [InlineData(40, 0L)]
    [InlineData(40, -1L)]
    [InlineData(40, long.MaxValue)]
    [InlineData(64, 14L)]
    [InlineData(64, -1L)]
    public void Lengths_that_contradict_each_other_are_refused(int offset, long value)
    {
        byte[] file = [.. PackedFile.Packed];
        if (offset == 64)
        {
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(offset), (int)value);
        }
        else
        {
            BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(offset), value);
        }

        Refused(PackedFile.Seal(file), WeightLoadError.HeaderDamaged, "contradict");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(71)]
    [InlineData(1097)]
    [InlineData(-1)]
    public void A_header_of_impossible_length_is_refused(int length) => Refused(Changed(16, length), WeightLoadError.HeaderDamaged, "header's length");

    [Fact]
    public void Another_model_and_another_declaration_are_told_apart()
    {
        WeightLoadException e = Refused(PackedFile.Packed, PackedFile.Layout with { Model = "Samples.Other", Fingerprint = 5 }, WeightLoadError.OtherModel,
            "packed for 'Samples.Mixed'", "than Samples.Other's", "as Samples.Other", "original safetensors file");
        Assert.Equal("layout 0123456789abcdeffedcba9876543210 of " + PackedFile.Layout.Bytes + " bytes", e.Found);
        Refused(PackedFile.Packed, PackedFile.Layout with { Fingerprint = 5 }, WeightLoadError.OtherModel, "another declaration of Samples.Mixed");
        Refused(PackedFile.Packed, PackedFile.Layout with { Bytes = 64 }, WeightLoadError.OtherModel, "another declaration of Samples.Mixed");
        // The same layout under another name is the same model, renamed.
        WeightFile.Load(PackedFile.Packed, PackedFile.Layout with { Model = "Samples.Renamed" }, PackedFile.NoManifest).Dispose();
    }

    [Fact]
    public void Damaged_weights_are_found_by_copying_and_by_verifying_and_not_by_mapping()
    {
        byte[] bytes = [.. PackedFile.Packed];
        bytes[^100] ^= 1;
        using var file = new TemporaryFile(bytes);
        Fails.Check(Assert.Throws<WeightLoadException>(() => WeightFile.Load(bytes, PackedFile.Layout, PackedFile.NoManifest)), WeightLoadError.DataDamaged, Again);
        Fails.Check(Load(file.Path, WeightStorage.Copied), WeightLoadError.DataDamaged, "as Samples.Mixed");
        Fails.Check(Assert.Throws<WeightLoadException>(() => PackedWeights.Verify(file.Path)), WeightLoadError.DataDamaged, file.Path);
        WeightFile.Load(file.Path, PackedFile.Layout, WeightStorage.Mapped, PackedFile.NoManifest).Dispose();
        file.AssertClosed();
    }

    [Fact]
    public void A_sound_file_is_verified_whatever_its_model()
    {
        using var file = new TemporaryFile(PackedFile.Packed);
        PackedWeights.Verify(file.Path);
        file.AssertClosed();
    }

    [Fact]
    public void What_holds_no_packed_weights_is_not_verified()
    {
        NotVerified(PackedFile.Safetensors, "does not begin as packed weights do", "Load reads safetensors files too");
        NotVerified([], "does not begin");
        NotVerified(Encoding.ASCII.GetBytes("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 310\n"), "git lfs pull");
    }

    [Fact]
    public void A_path_that_cannot_be_read_is_reported_as_for_safetensors()
    {
        Fails.Check(Load("no/such/model.fw", WeightStorage.Mapped), WeightLoadError.FileNotFound, "'no/such/model.fw'", "Check the path");
        Fails.Check(Load(Path.GetTempPath(), WeightStorage.Mapped), WeightLoadError.IsDirectory, "folder");
        Assert.Equal(WeightLoadError.Unreadable, Load("a\0b", WeightStorage.Copied).Code);
        Assert.Equal(WeightLoadError.FileNotFound, Assert.Throws<WeightLoadException>(() => PackedWeights.Verify("none.fw")).Code);
    }

    [Fact]
    public void Packed_weights_are_no_safetensors_file() => Fails.Open(PackedFile.Packed, WeightLoadError.OtherFormat, "packed weights (.fw)", "Load of the model");

    private static byte[] Changed(int offset, int value)
    {
        byte[] file = [.. PackedFile.Packed];
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(offset), value);
        return file;
    }

    private static WeightLoadException Refused(byte[] bytes, WeightLoadError code, params string[] parts) => Refused(bytes, PackedFile.Layout, code, parts);

    // The same from memory, mapped and copied, and nothing stays open.
    private static WeightLoadException Refused(byte[] bytes, WeightLayout layout, WeightLoadError code, params string[] parts)
    {
        using var file = new TemporaryFile(bytes);
        Fails.Check(Assert.Throws<WeightLoadException>(() => WeightFile.Load(bytes, layout, PackedFile.NoManifest)), code, parts);
        foreach (WeightStorage storage in Enum.GetValues<WeightStorage>())
        {
            Fails.Check(Assert.Throws<WeightLoadException>(() => WeightFile.Load(file.Path, layout, storage, PackedFile.NoManifest)), code, [.. parts, file.Path]);
        }

        file.AssertClosed();
        return Assert.Throws<WeightLoadException>(() => WeightFile.Load(file.Path, layout, WeightStorage.Mapped, PackedFile.NoManifest));
    }

    private static WeightLoadException Load(string path, WeightStorage storage) =>
        Assert.Throws<WeightLoadException>(() => WeightFile.Load(path, PackedFile.Layout, storage, PackedFile.NoManifest));

    private static void NotVerified(byte[] bytes, params string[] parts)
    {
        using var file = new TemporaryFile(bytes);
        Fails.Check(Assert.Throws<WeightLoadException>(() => PackedWeights.Verify(file.Path)), WeightLoadError.NotPackedWeights, parts);
        file.AssertClosed();
    }
}
