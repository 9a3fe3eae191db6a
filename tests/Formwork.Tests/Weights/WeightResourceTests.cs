using System.Reflection;
using System.Runtime.CompilerServices;
using Formwork.Weights;

namespace Formwork.Tests.Weights;

public sealed class WeightResourceTests
{
    private const string Name = "model.fw";

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public unsafe void Packed_weights_are_used_where_they_lie_at_any_alignment(int misalignment)
    {
        using ResourceAssembly resources = new(misalignment, (Name, PackedFile.Packed));
        using var stream = (UnmanagedMemoryStream)resources.Assembly.GetManifestResourceStream(Name)!;
        Assert.Equal(misalignment, (nint)stream.PositionPointer % 8);
        using WeightMemory memory = Load(resources.Assembly, WeightStorage.Mapped);
        Assert.True(stream.PositionPointer + PackedFile.Data == memory.At(0, 1), "The weights were copied.");
        Assert.Equal(PackedFile.Packed[PackedFile.Data..], PackedFile.BytesOf(memory));
        Assert.Throws<ArgumentOutOfRangeException>(() => memory.Floats(memory.Length, 1).Length);
    }

    [Fact]
    public unsafe void Copied_weights_are_aligned()
    {
        using ResourceAssembly resources = new(1, (Name, PackedFile.Packed));
        using WeightMemory memory = Load(resources.Assembly, WeightStorage.Copied);
        Assert.Equal(0, (nint)memory.At(0, 1) % 64);
        Assert.Equal(PackedFile.Packed[PackedFile.Data..], PackedFile.BytesOf(memory));
    }

    [Theory]
    [InlineData(WeightStorage.Mapped)]
    [InlineData(WeightStorage.Copied)]
    public void A_safetensors_file_is_packed_whatever_the_storage(WeightStorage storage)
    {
        using ResourceAssembly resources = new(3, ("other", [1, 2, 3]), (Name, PackedFile.Safetensors));
        using WeightMemory memory = WeightResource.Load(resources.Assembly, Name, PackedFile.Layout, storage, PackedFile.Manifest);
        Assert.Equal(PackedFile.Packed[PackedFile.Data..], PackedFile.BytesOf(memory));
    }

    [Theory]
    [InlineData(WeightStorage.Mapped)]
    [InlineData(WeightStorage.Copied)]
    public void A_stream_of_another_kind_is_read_and_closed(WeightStorage storage)
    {
        StreamAssembly assembly = new(PackedFile.Packed);
        using WeightMemory memory = Load(assembly, storage);
        Assert.Equal(PackedFile.Packed[PackedFile.Data..], PackedFile.BytesOf(memory));
        Assert.False(assembly.Last!.CanRead);
    }

    [Fact]
    public void Weights_keep_the_assembly_that_they_lie_in()
    {
        (WeightMemory memory, WeakReference assembly) = LoadAndForget();
        Collect(assembly);
        Assert.True(assembly.IsAlive);
        Assert.Equal(PackedFile.Packed[PackedFile.Data..], PackedFile.BytesOf(memory));
        memory.Dispose();
        Collect(assembly);
        Assert.False(assembly.IsAlive);
    }

    [Fact]
    public void A_missing_resource_says_what_to_add_and_what_is_there()
    {
        using ResourceAssembly none = new(0);
        Fails.Check(
            Refused(none.Assembly, "weights/model.fw"),
            WeightLoadError.ResourceNotFound,
            "'Resources' has no resources",
            "<EmbeddedResource Include=\"…\" LogicalName=\"weights/model.fw\" />");
        using ResourceAssembly few = new(0, ("Model.FW", []), ("b", [1]));
        Fails.Check(Refused(few.Assembly, Name), WeightLoadError.ResourceNotFound, "has the resources 'Model.FW', 'b'.");
        using ResourceAssembly many = new(0, [.. Enumerable.Range(0, 9).Select(static i => ($"r{i}", new byte[] { 1 }))]);
        WeightLoadException e = Fails.Check(Refused(many.Assembly, Name), WeightLoadError.ResourceNotFound, "'r5' and 3 more");
        Assert.Equal(Name, e.Expected);
    }

    [Theory]
    [InlineData(0, WeightLoadError.EmptyFile)]
    [InlineData(3, WeightLoadError.TooShort)]
    [InlineData(20, WeightLoadError.Truncated)]
    [InlineData(PackedFile.Header, WeightLoadError.Truncated)]
    [InlineData(PackedFile.Data + 1, WeightLoadError.Truncated)]
    public void A_resource_that_ends_early_is_refused(int length, WeightLoadError code)
    {
        using ResourceAssembly resources = new(0, (Name, PackedFile.Packed[..length]));
        foreach (WeightStorage storage in Enum.GetValues<WeightStorage>())
        {
            Fails.Check(Assert.Throws<WeightLoadException>(() => Load(resources.Assembly, storage)), code, "the resource 'model.fw'");
        }
    }

    [Fact]
    public void Damage_is_found_where_the_bytes_are_read()
    {
        byte[] damaged = [.. PackedFile.Packed];
        damaged[^1] ^= 1;
        using ResourceAssembly resources = new(0, (Name, damaged));
        Fails.Check(Assert.Throws<WeightLoadException>(() => Load(resources.Assembly, WeightStorage.Copied)), WeightLoadError.DataDamaged, "the resource 'model.fw' as Samples.Mixed");
        using WeightMemory mapped = Load(resources.Assembly, WeightStorage.Mapped);
        Assert.Equal(damaged[PackedFile.Data..], PackedFile.BytesOf(mapped));
    }

    [Fact]
    public void Another_models_weights_are_refused()
    {
        using ResourceAssembly resources = new(0, (Name, PackedFile.Packed));
        var layout = new WeightLayout("Samples.Other", 1, PackedFile.Layout.Bytes);
        Fails.Check(
            Assert.Throws<WeightLoadException>(() => WeightResource.Load(resources.Assembly, Name, layout, WeightStorage.Mapped, PackedFile.NoManifest)),
            WeightLoadError.OtherModel,
            "Samples.Mixed");
    }

    [Fact]
    public void Wrong_arguments_are_refused()
    {
        Assembly assembly = typeof(WeightResourceTests).Assembly;
        Assert.Throws<ArgumentNullException>("assembly", () => WeightResource.Load(null!, Name, PackedFile.Layout, WeightStorage.Mapped, PackedFile.Manifest));
        Assert.Throws<ArgumentNullException>("resource", () => WeightResource.Load(assembly, null!, PackedFile.Layout, WeightStorage.Mapped, PackedFile.Manifest));
        Assert.Throws<ArgumentNullException>("manifest", () => WeightResource.Load(assembly, Name, PackedFile.Layout, WeightStorage.Mapped, null!));
        Assert.Throws<ArgumentOutOfRangeException>("storage", () => WeightResource.Load(assembly, Name, PackedFile.Layout, (WeightStorage)2, PackedFile.Manifest));
    }

    private static WeightMemory Load(Assembly assembly, WeightStorage storage) =>
        WeightResource.Load(assembly, Name, PackedFile.Layout, storage, PackedFile.NoManifest);

    private static WeightLoadException Refused(Assembly assembly, string name) =>
        Assert.Throws<WeightLoadException>(() => WeightResource.Load(assembly, name, PackedFile.Layout, WeightStorage.Mapped, PackedFile.NoManifest));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (WeightMemory Memory, WeakReference Assembly) LoadAndForget()
    {
        using ResourceAssembly resources = new(0, (Name, PackedFile.Packed));
        return (Load(resources.Assembly, WeightStorage.Mapped), new WeakReference(resources.Assembly));
    }

    private static void Collect(WeakReference target)
    {
        for (int i = 0; i < 10 && target.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }
}
