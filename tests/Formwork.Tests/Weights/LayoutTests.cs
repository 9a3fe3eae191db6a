using Formwork.Weights;

namespace Formwork.Tests.Weights;

public sealed class LayoutTests
{
    private static string Two(string first, string second) =>
        $$$"""{"a":{"dtype":"U8","shape":[4],"data_offsets":{{{first}}}},"b":{"dtype":"U8","shape":[4],"data_offsets":{{{second}}}}}""";

    [Fact]
    public void Reversed_offsets_are_refused() =>
        Fails.Open(SafetensorsBytes.One("U8", "[4]", "[4,0]", 4), WeightLoadError.ReversedOffsets, "'t'", "after its end at 0");

    [Theory]
    [InlineData("[0,4]", "[0,4]", 4)]
    [InlineData("[0,4]", "[3,7]", 7)]
    [InlineData("[3,7]", "[0,4]", 7)]
    public void Overlapping_tensors_are_refused(string first, string second, int length) =>
        Fails.Open(SafetensorsBytes.Raw(Two(first, second), length), WeightLoadError.Overlap, "inside tensor");

    [Theory]
    [InlineData("[0,4]", "[5,9]", 9)]
    [InlineData("[1,5]", "[5,9]", 9)]
    public void A_hole_is_refused(string first, string second, int length) =>
        Fails.Open(SafetensorsBytes.Raw(Two(first, second), length), WeightLoadError.Hole, "1 bytes between");

    [Fact]
    public void A_tensor_past_the_end_is_refused()
    {
        WeightLoadException e = Fails.Open(SafetensorsBytes.Raw(Two("[0,4]", "[4,8]"), 7), WeightLoadError.PastEnd, "'b'", "incomplete");
        Assert.Equal(("b", "8 bytes", "7 bytes"), (e.Tensor, e.Expected, e.Found));
    }

    [Fact]
    public void Trailing_bytes_are_refused() =>
        Fails.Open(SafetensorsBytes.Raw(Two("[0,4]", "[4,8]"), 10), WeightLoadError.TrailingBytes, "2 bytes follow tensor 'b'");

    [Fact]
    public void Trailing_bytes_after_no_tensor_are_refused() =>
        Fails.Open(SafetensorsBytes.Raw("{}", 1), WeightLoadError.TrailingBytes, "the header");

    [Theory]
    [InlineData("[9007199254740992,9007199254740992]")]
    [InlineData("[4294967296,4294967296]")]
    [InlineData("[9007199254740992,9007199254740992,0]")]
    public void A_shape_that_overflows_is_refused(string shape) =>
        Fails.Open(SafetensorsBytes.One("F32", shape, "[0,0]", 0), WeightLoadError.ShapeOverflow, "beyond every file");

    [Theory]
    [InlineData("F32", "[2]", "[0,4]", 4)]
    [InlineData("F64", "[]", "[0,4]", 4)]
    [InlineData("F16", "[0,3]", "[0,4]", 4)]
    [InlineData("C64", "[1]", "[0,4]", 4)]
    public void A_size_that_is_not_the_shapes_is_refused(string dtype, string shape, string offsets, int length) =>
        Fails.Open(SafetensorsBytes.One(dtype, shape, offsets, length), WeightLoadError.SizeMismatch, "has 4 bytes");

    [Theory]
    [InlineData("F4", "[1]", "4 bits")]
    [InlineData("F6_E2M3", "[3]", "18 bits")]
    [InlineData("F6_E3M2", "[2,1]", "12 bits")]
    public void Elements_that_do_not_fill_bytes_are_refused(string dtype, string shape, string part) =>
        Fails.Open(SafetensorsBytes.One(dtype, shape, "[0,1]", 1), WeightLoadError.SubByteMisaligned, part);

    [Theory]
    [InlineData("F128")]
    [InlineData("f32")]
    [InlineData("\\ud800")]
    [InlineData("")]
    [InlineData("F8_E4M3FNUZ_AND_MORE_THAN_ANY_NAME_OF_THE_FORMAT_HAS_EVEN_IF_IT_WERE_ESCAPED")]
    public void An_unknown_dtype_is_refused(string dtype) =>
        Fails.Open(SafetensorsBytes.One(dtype, "[1]", "[0,4]", 4), WeightLoadError.UnknownDType, "'t'", "F32, F16 or BF16");

    [Fact]
    public void Nine_dimensions_are_refused_and_eight_are_read()
    {
        Fails.Open(SafetensorsBytes.One("U8", "[1,1,1,1,1,1,1,1,1]", "[0,1]", 1), WeightLoadError.BadRank, "more than 8");
        using var file = SafetensorsFile.FromMemory(SafetensorsBytes.One("U8", "[1,1,1,1,1,1,1,1]", "[0,1]", 1));
        Assert.Equal(8, file.Tensors[0].Shape.Length);
    }

    [Theory]
    [InlineData("BOOL", 8)]
    [InlineData("F4", 4)]
    [InlineData("F6_E2M3", 6)]
    [InlineData("F6_E3M2", 6)]
    [InlineData("U8", 8)]
    [InlineData("I8", 8)]
    [InlineData("F8_E5M2", 8)]
    [InlineData("F8_E4M3", 8)]
    [InlineData("F8_E8M0", 8)]
    [InlineData("F8_E4M3FNUZ", 8)]
    [InlineData("F8_E5M2FNUZ", 8)]
    [InlineData("I16", 16)]
    [InlineData("U16", 16)]
    [InlineData("F16", 16)]
    [InlineData("BF16", 16)]
    [InlineData("I32", 32)]
    [InlineData("U32", 32)]
    [InlineData("F32", 32)]
    [InlineData("C64", 64)]
    [InlineData("F64", 64)]
    [InlineData("I64", 64)]
    [InlineData("U64", 64)]
    public void Every_dtype_of_the_format_has_its_size(string dtype, int bits)
    {
        using var file = SafetensorsFile.FromMemory(SafetensorsBytes.One(dtype, "[2,4]", $"[0,{bits}]", bits));
        Assert.Equal(bits, file.Tensors[0].Bytes.Length);
        Assert.Equal(dtype.Replace("_", "", StringComparison.Ordinal), file.Tensors[0].DType.ToString(), ignoreCase: true);
    }

    [Fact]
    public void Scalars_and_empty_tensors_are_read_in_the_order_of_their_offsets()
    {
        byte[] bytes = SafetensorsBytes.Raw("""
            {"z":{"dtype":"F32","shape":[],"data_offsets":[0,4]},"y":{"dtype":"F32","shape":[0,7],"data_offsets":[4,4]},"x":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}
            """, 4);
        using var file = SafetensorsFile.FromMemory(bytes);
        Assert.Equal(["x", "z", "y"], file.Tensors.Select(tensor => tensor.Name));
        Assert.True(file.Tensors[1].Shape.IsEmpty);
        Assert.True(file.Tensors[2].Bytes.IsEmpty);
    }
}
