using Formwork.Weights;

namespace Formwork.Tests.Weights;

public sealed class TensorAccessTests
{
    private static readonly float[] Values = [1, -2.5f, 3e-40f, 4];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Tensors_are_read_at_any_alignment(int padding)
    {
        byte[] bytes = new SafetensorsBytes().Add("odd", "U8", [1], [7]).Add("t", [2, 2], Values).Build(padding);
        using var temporary = new TemporaryFile(bytes);
        foreach (SafetensorsFile opened in (SafetensorsFile[])[SafetensorsFile.FromMemory(bytes), SafetensorsFile.Open(temporary.Path)])
        {
            using SafetensorsFile file = opened;
            Assert.True(file.TryGet("t", out SafetensorsTensor? tensor));
            var all = new float[4];
            tensor.ReadFloats(0, all);
            Assert.Equal(Values, all);
            var part = new float[2];
            tensor.ReadFloats(1, part);
            Assert.Equal(Values[1..3], part);
            Assert.Equal(bytes.AsSpan(^16..).ToArray(), tensor.Bytes);
            Assert.Equal(bytes.AsSpan(^12..^8).ToArray(), tensor.Slice(4, 4));
            var copy = new byte[16];
            tensor.CopyTo(0, copy);
            Assert.Equal(bytes[^16..], copy);
            Assert.Equal(bytes.Length - 16, tensor.Offset);
        }
        temporary.AssertClosed();
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 17)]
    [InlineData(16, 1)]
    [InlineData(long.MaxValue, 1)]
    [InlineData(0, -1)]
    public void A_part_outside_the_tensor_is_a_programming_error(long offset, int length)
    {
        using var file = SafetensorsFile.FromMemory(new SafetensorsBytes().Add("t", [4], Values).Build());
        SafetensorsTensor tensor = file.Tensors[0];
        Assert.Throws<ArgumentOutOfRangeException>(() => tensor.Slice(offset, length).Length);
    }

    [Fact]
    public void Other_dtypes_fail_only_when_read_as_floats()
    {
        using var file = SafetensorsFile.FromMemory(new SafetensorsBytes().Add("t", "I8", [4], [1, 2, 3, 4]).Build());
        Assert.Equal(4, file.Tensors[0].Bytes.Length);
        var e = Assert.Throws<WeightLoadException>(() => file.Tensors[0].ReadFloats(0, new float[4]));
        Fails.Check(e, WeightLoadError.UnsupportedDType, "stored as I8", "F32, F16 and BF16");
    }

    [Fact]
    public void Nothing_is_read_after_dispose()
    {
        byte[] bytes = new SafetensorsBytes().Add("t", [4], Values).Build();
        using var temporary = new TemporaryFile(bytes);
        foreach (SafetensorsFile file in (SafetensorsFile[])[SafetensorsFile.FromMemory(bytes), SafetensorsFile.Open(temporary.Path)])
        {
            SafetensorsTensor tensor = file.Tensors[0];
            Assert.Equal(16, tensor.Bytes.Length);
            file.Dispose();
            file.Dispose();
            Assert.Throws<ObjectDisposedException>(() => tensor.Bytes.Length);
            Assert.Throws<ObjectDisposedException>(() => tensor.ReadFloats(0, new float[1]));
        }
    }

    [SkippableFact]
    public void A_file_shortened_while_open_is_an_error_and_not_a_crash()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows does not let another program shorten an open file");
        byte[] bytes = new SafetensorsBytes().Add("t", [1 << 16], new float[1 << 16]).Build();
        using var temporary = new TemporaryFile(bytes);
        using var file = SafetensorsFile.Open(temporary.Path);
        using (var writer = new FileStream(temporary.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            writer.SetLength(1000);
        }
        SafetensorsTensor tensor = file.Tensors[0];
        Fails.Check(Assert.Throws<WeightLoadException>(() => tensor.Bytes.Length), WeightLoadError.FileChanged, "rename");
        Fails.Check(Assert.Throws<WeightLoadException>(() => tensor.ReadFloats(0, new float[1 << 16])), WeightLoadError.FileChanged);
    }

    [SkippableFact]
    public void A_file_written_to_while_it_is_loaded_is_an_error()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows does not let another program write to an open file");
        byte[] bytes = new SafetensorsBytes().Add("t", [4], Values).Build();
        using var temporary = new TemporaryFile(bytes);
        using var file = SafetensorsFile.Open(temporary.Path);
        using (var writer = new FileStream(temporary.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            writer.Write(bytes);
        }
        File.SetLastWriteTimeUtc(temporary.Path, DateTime.UtcNow.AddMinutes(1));
        var manifest = new WeightManifest("Model", 16, [WeightSlot.Vector(["t"], 4, 0)], []);
        Fails.Check(Assert.Throws<WeightLoadException>(() => WeightLoader.Load(file, manifest)), WeightLoadError.FileChanged, "wrote to the file");
    }

    [SkippableFact]
    public void A_file_of_more_than_two_gibibytes_is_read()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "needs a file system with sparse files");
        const long Large = (1L << 31) + 4096;
        byte[] start = SafetensorsBytes.Raw(
            $$$"""{"a":{"dtype":"U8","shape":[{{{Large}}}],"data_offsets":[0,{{{Large}}}]},"b":{"dtype":"F32","shape":[1],"data_offsets":[{{{Large}}},{{{Large + 4}}}]}}""");
        using var temporary = new TemporaryFile(start);
        using (FileStream writer = File.OpenWrite(temporary.Path))
        {
            writer.Position = start.Length + Large;
            writer.Write(BitConverter.GetBytes(42f));
        }
        using var file = SafetensorsFile.Open(temporary.Path);
        var value = new float[1];
        file.Tensors[1].ReadFloats(0, value);
        Assert.Equal(42f, value[0]);
        Assert.Equal(42f, BitConverter.ToSingle(file.Tensors[1].Bytes));
        Assert.Equal(1, file.Tensors[0].Slice(Large - 1, 1).Length);
        Fails.Check(Assert.Throws<WeightLoadException>(() => file.Tensors[0].Bytes.Length), WeightLoadError.TensorTooLarge, "in parts");
    }
}
