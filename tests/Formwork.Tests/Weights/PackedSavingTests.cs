using Formwork.Weights;

namespace Formwork.Tests.Weights;

/// <summary>A file that is saved is there complete or not at all.</summary>
public sealed class PackedSavingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("formwork-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Saving_replaces_a_file_and_leaves_nothing_else()
    {
        string path = Path.Combine(_folder, "model.fw");
        File.WriteAllText(path, "before");
        using WeightMemory memory = WeightFile.Load(PackedFile.Packed, PackedFile.Layout, PackedFile.NoManifest);
        PackedWeights.Save(path, PackedFile.Layout, memory);
        Assert.Equal(PackedFile.Packed, File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void A_failure_leaves_what_was_there()
    {
        string path = Path.Combine(_folder, "model.fw");
        File.WriteAllText(path, "before");
        var e = Assert.Throws<WeightSaveException>(() => AtomicFile.Write(path, 1000, stream =>
        {
            stream.Write(new byte[500]);
            throw new IOException("No space left on device");
        }));
        Assert.Equal($"Cannot save '{path}': the file could not be written (No space left on device). Check the path, the rights on its folder and the space on its disk.", e.Message);
        Assert.IsType<IOException>(e.InnerException);
        Assert.Equal("before", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void A_programming_error_leaves_what_was_there_too()
    {
        string path = Path.Combine(_folder, "model.fw");
        Assert.Throws<ObjectDisposedException>(() => AtomicFile.Write(path, 10, _ => throw new ObjectDisposedException("weights")));
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    [InlineData("no/such/folder/model.fw")]
    [InlineData("no/such/folder/")]
    public void A_path_that_no_file_can_have_is_reported(string path)
    {
        using var memory = new WeightMemory(PackedFile.Layout.Bytes);
        var e = Assert.Throws<WeightSaveException>(() => PackedWeights.Save(path.Length == 0 ? path : Path.Combine(_folder, path), PackedFile.Layout, memory));
        Assert.Contains("Check the path", e.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void A_folder_is_not_replaced()
    {
        using var memory = new WeightMemory(PackedFile.Layout.Bytes);
        var e = Assert.Throws<WeightSaveException>(() => PackedWeights.Save(_folder, PackedFile.Layout, memory));
        Assert.Contains("the path is a folder", e.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void Weights_that_were_freed_are_not_saved()
    {
        var memory = new WeightMemory(PackedFile.Layout.Bytes);
        memory.Dispose();
        Assert.Throws<ObjectDisposedException>(() => PackedWeights.Save(Path.Combine(_folder, "model.fw"), PackedFile.Layout, memory));
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }
}
