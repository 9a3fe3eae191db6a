using System.Buffers.Binary;
using System.Text;
using Formwork.Weights;

namespace Formwork.Tests.Weights;

public sealed class ContainerTests
{
    [Fact]
    public void An_empty_file_is_refused() => Fails.Open([], WeightLoadError.EmptyFile, "empty", "download");

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void Fewer_than_eight_bytes_are_refused(int length) => Fails.Open(new byte[length], WeightLoadError.TooShort, $"{length} bytes");

    [Fact]
    public void An_lfs_pointer_is_named() => Fails.Open(
        Encoding.ASCII.GetBytes("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 310\n"), WeightLoadError.LfsPointer, "git lfs pull");

    [Theory]
    [InlineData("<!DOCTYPE html><html><body>Sign in</body></html>")]
    [InlineData("\n  <html lang=\"en\">")]
    [InlineData("\uFEFF<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>")]
    public void A_web_page_is_named(string text) => Fails.Open(Encoding.UTF8.GetBytes(text), WeightLoadError.HtmlPage, "web page", "download again");

    [Theory]
    [InlineData(4, 0x95)]
    [InlineData(2, 0x8A)]
    public void A_pickle_is_named(byte protocol, byte next) => Fails.Open(
        [0x80, protocol, next, 4, 0, 0, 0, 0, 0, 0, 0, 0], WeightLoadError.Pickle, "pickle", "save_file");

    [Fact]
    public void A_zip_archive_is_named() => Fails.Open([.. "PK\x03\x04"u8, 0, 0, 8, 8, 0, 0, 0, 0], WeightLoadError.ZipArchive, "PyTorch", "save_file");

    [Fact]
    public void A_zip_archive_whose_first_bytes_make_a_plausible_length_is_named() =>
        Fails.Open([.. "PK\x03\x04"u8, 0, 0, 0, 0, 0, 0, 0, 0], WeightLoadError.ZipArchive);

    [Fact]
    public void A_gguf_file_is_named() => Fails.Open([.. "GGUF"u8, 3, 0, 0, 0, 1, 0, 0, 0], WeightLoadError.Gguf, "llama.cpp", "model.safetensors");

    [Theory]
    [InlineData("{\"metadata\":{},\"weight_map\":{}}")]
    [InlineData("{\n  \"d_model\": 512\n}")]
    public void Json_text_is_named(string text) => Fails.Open(Encoding.ASCII.GetBytes(text), WeightLoadError.JsonText, "index.json", "shards");

    [Theory]
    [InlineData(new byte[] { 0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A, 0 }, "HDF5")]
    [InlineData(new byte[] { 0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0, 0x76 }, "NumPy")]
    [InlineData(new byte[] { 0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0 }, "gzip")]
    public void Other_formats_are_named(byte[] bytes, string name) => Fails.Open(bytes, WeightLoadError.OtherFormat, name);

    [Fact]
    public void A_big_endian_length_is_named()
    {
        byte[] file = SafetensorsBytes.Raw("{}");
        file.AsSpan(0, 8).Reverse();
        Fails.Open(file, WeightLoadError.WrongEndianness, "most significant byte first");
    }

    [Fact]
    public void A_header_of_no_bytes_is_refused() => Fails.Open(new byte[16], WeightLoadError.HeaderEmpty, "length is 0");

    [Theory]
    [InlineData(100_000_001ul)]
    [InlineData(1ul << 63)]
    [InlineData(ulong.MaxValue)]
    public void A_header_longer_than_the_format_allows_is_refused(ulong length)
    {
        byte[] file = SafetensorsBytes.Raw("{}");
        BinaryPrimitives.WriteUInt64LittleEndian(file, length);
        WeightLoadException e = Fails.Open(file, WeightLoadError.HeaderTooLong, $"{length} bytes", "100000000");
        Assert.Equal(0, e.Offset);
    }

    [Theory]
    [InlineData(3ul)]
    [InlineData(100_000_000ul)]
    public void A_header_longer_than_the_file_is_refused(ulong length)
    {
        byte[] file = SafetensorsBytes.Raw("{}");
        BinaryPrimitives.WriteUInt64LittleEndian(file, length);
        Fails.Open(file, WeightLoadError.HeaderTruncated, $"{length} bytes long", "2 bytes after");
    }

    [Theory]
    [InlineData(" {}")]
    [InlineData("[]")]
    [InlineData("\0\0")]
    public void A_header_that_does_not_begin_with_a_brace_is_refused(string header) =>
        Fails.Open(SafetensorsBytes.Raw(header), WeightLoadError.HeaderNotObject, "begin with '{'");

    [Fact]
    public void A_byte_order_mark_is_refused() => Fails.Open(SafetensorsBytes.Raw("\uFEFF{}"), WeightLoadError.HeaderByteOrderMark, "byte order mark");

    [Fact]
    public void A_missing_file_is_reported()
    {
        var e = Assert.Throws<WeightLoadException>(() => SafetensorsFile.Open("no/such/model.safetensors"));
        Fails.Check(e, WeightLoadError.FileNotFound, "'no/such/model.safetensors'", "Check the path");
    }

    [Fact]
    public void A_folder_is_reported()
    {
        var e = Assert.Throws<WeightLoadException>(() => SafetensorsFile.Open(Path.GetTempPath()));
        Fails.Check(e, WeightLoadError.IsDirectory, "folder", "model.safetensors");
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    public void A_path_that_no_file_can_have_is_reported(string path) =>
        Assert.Equal(WeightLoadError.Unreadable, Assert.Throws<WeightLoadException>(() => SafetensorsFile.Open(path)).Code);

    [Fact]
    public void A_file_that_another_program_writes_is_reported()
    {
        using var file = new TemporaryFile(SafetensorsBytes.Raw("{}"));
        using FileStream writer = File.Open(file.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        var e = Assert.Throws<WeightLoadException>(() => SafetensorsFile.Open(file.Path));
        Fails.Check(e, WeightLoadError.Unreadable, "no other program");
        Assert.NotNull(e.InnerException);
    }

    [Fact]
    public void A_null_path_is_a_programming_error() => Assert.Throws<ArgumentNullException>(() => SafetensorsFile.Open(null!));
}
