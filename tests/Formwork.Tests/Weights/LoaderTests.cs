using Formwork.Kernels;
using Formwork.Weights;

namespace Formwork.Tests.Weights;

public sealed class LoaderTests
{
    private static float[] Ramp(int length, float start = 1) => [.. Enumerable.Range(0, length).Select(i => start + i)];

    private static WeightManifest Manifest(long bytes, params WeightSlot[] slots) => new("EnglishToFrench", bytes, slots, []);

    /// <summary>A slot that copies a whole table as it is.</summary>
    private static WeightSlot Rows(string[] names, int rows, int columns, long offset) => WeightSlot.LearnedPositions(names, rows, columns, 0, rows, offset);

    [Fact]
    public void Rows_and_vectors_are_copied()
    {
        byte[] bytes = new SafetensorsBytes().Add("e", [2, 3], Ramp(6)).Add("b", [3], Ramp(3, 10)).Add("c", [1, 3], Ramp(3, 20)).Build();
        using WeightMemory memory = SafetensorsLoading.Load(bytes, Manifest(64,
            Rows(["e"], 2, 3, 0), WeightSlot.Vector(["b"], 3, 32), WeightSlot.Vector(["c"], 3, 44)));
        Assert.Equal([1, 2, 3, 4, 5, 6, 0, 0, 10, 11, 12, 20, 21, 22, 0, 0], memory.Floats(0, 16));
    }

    [Theory]
    [InlineData("F16")]
    [InlineData("BF16")]
    public void Sixteen_bit_tensors_are_widened(string dtype)
    {
        float[] values = [1, -0.5f, 2, 1.5f];
        byte[] stored = [.. values.SelectMany(v => BitConverter.GetBytes(dtype == "F16"
            ? BitConverter.HalfToUInt16Bits((Half)v)
            : (ushort)(BitConverter.SingleToUInt32Bits(v) >> 16)))];
        byte[] bytes = new SafetensorsBytes().Add("t", dtype, [2, 2], stored).Build();
        using WeightMemory memory = SafetensorsLoading.Load(bytes, Manifest(16, Rows(["t"], 2, 2, 0)));
        Assert.Equal(values, memory.Floats(0, 4));
    }

    [Fact]
    public void Learned_positions_are_cut_from_their_table()
    {
        byte[] bytes = new SafetensorsBytes().Add("p", [5, 2], Ramp(10)).Build();
        using WeightMemory memory = SafetensorsLoading.Load(bytes, Manifest(16, WeightSlot.LearnedPositions(["p"], 5, 2, 2, 2, 0)));
        Assert.Equal([5, 6, 7, 8], memory.Floats(0, 4));
    }

    [Fact]
    public void Sinusoids_come_from_the_file_where_it_has_them_and_are_computed_where_not()
    {
        WeightManifest manifest = Manifest(24, WeightSlot.SinusoidalPositions(["p.weight", "p.weights"], SinusoidKind.HuggingFace, 1, 3, 2, 0));
        using WeightMemory stored = SafetensorsLoading.Load(new SafetensorsBytes().Add("p.weights", [9, 2], Ramp(18)).Build(), manifest);
        Assert.Equal([3, 4, 5, 6, 7, 8], stored.Floats(0, 6));

        using WeightMemory computed = SafetensorsLoading.Load(new SafetensorsBytes().Build(), manifest);
        var expected = new float[6];
        Sinusoid.Fill(SinusoidKind.HuggingFace, 1, 3, 2, expected);
        Assert.Equal(expected, computed.Floats(0, 6));

        Fails.Load(new SafetensorsBytes().Add("p.weight", [3, 2], Ramp(6)).Build(), manifest, WeightLoadError.ShapeMismatch, "[at least 4, 2]", "lengths");
    }

    [Fact]
    public void Large_sinusoid_tables_are_computed_in_parts()
    {
        const int Positions = 700, Columns = 512;
        using WeightMemory memory = SafetensorsLoading.Load(new SafetensorsBytes().Build(),
            Manifest(Positions * Columns * sizeof(float), WeightSlot.SinusoidalPositions([], SinusoidKind.TensorToTensor, 3, Positions, Columns, 0)));
        var expected = new float[Positions * Columns];
        Sinusoid.Fill(SinusoidKind.TensorToTensor, 3, Positions, Columns, expected);
        Assert.Equal(expected, memory.Floats(0, Positions * Columns));
    }

    [Fact]
    public void An_optional_tensor_may_be_absent()
    {
        WeightManifest manifest = Manifest(8, WeightSlot.Vector(["b"], 2, 0).OrZeros());
        using WeightMemory absent = SafetensorsLoading.Load(new SafetensorsBytes().Build(), manifest);
        Assert.Equal([0, 0], absent.Floats(0, 2));
        using WeightMemory present = SafetensorsLoading.Load(new SafetensorsBytes().Add("b", [2], Ramp(2)).Build(), manifest);
        Assert.Equal([1, 2], present.Floats(0, 2));
    }

    [Fact]
    public void Any_one_name_of_a_tied_tensor_will_do()
    {
        WeightManifest manifest = Manifest(16, Rows(["shared", "embed", "head"], 2, 2, 0));
        foreach (string name in (string[])["shared", "embed", "head"])
        {
            using WeightMemory one = SafetensorsLoading.Load(new SafetensorsBytes().Add(name, [2, 2], Ramp(4)).Build(), manifest);
            Assert.Equal(Ramp(4), one.Floats(0, 4));
        }
        using WeightMemory two = SafetensorsLoading.Load(
            new SafetensorsBytes().Add("embed", [2, 2], Ramp(4)).Add("head", [2, 2], Ramp(4)).Build(), manifest);
        Assert.Equal(Ramp(4), two.Floats(0, 4));
    }

    [Fact]
    public void Tied_tensors_that_differ_are_refused()
    {
        WeightManifest manifest = Manifest(16, Rows(["shared", "head"], 2, 2, 0));
        WeightLoadException e = Fails.Load(new SafetensorsBytes().Add("shared", [2, 2], Ramp(4)).Add("head", [2, 2], [1, 2, 3, 5]).Build(),
            manifest, WeightLoadError.TiedTensorsDiffer, "'shared' and 'head'", "[1, 1]");
        Assert.Equal("head", e.Tensor);
        Fails.Load(new SafetensorsBytes().Add("shared", [2, 2], Ramp(4)).Add("head", "F16", [2, 2], new byte[8]).Build(),
            manifest, WeightLoadError.TiedTensorsDiffer, "F32 [2, 2] and F16 [2, 2]");
        // Equal to the eye and not in bits: which of the two zeros was trained?
        Fails.Load(new SafetensorsBytes().Add("shared", [2, 2], [0, 0, 0, 0]).Add("head", [2, 2], [0, 0, -0f, 0]).Build(),
            manifest, WeightLoadError.TiedTensorsDiffer, "[1, 0]");
    }

    [Fact]
    public void A_missing_tensor_names_the_closest_and_its_ties()
    {
        byte[] bytes = new SafetensorsBytes().Add("encoder.layers.0.fc1.weight", [2, 2], Ramp(4)).Build();
        WeightLoadException e = Fails.Load(bytes, Manifest(16, Rows(["model.encoder.layers.0.fc1.weight"], 2, 2, 0)),
            WeightLoadError.TensorMissing, "'model.encoder.layers.0.fc1.weight' is not in the file", "closest name in the file is 'encoder.layers.0.fc1.weight'", "EnglishToFrench", "Further problems (1)");
        Assert.Equal(("model.encoder.layers.0.fc1.weight", "[2, 2]"), (e.Tensor, e.Expected));
        Fails.Load(new SafetensorsBytes().Build(), Manifest(512, Rows(["shared", "lm_head"], 2, 2, 0), WeightSlot.Matrix<Int8>(["shared", "lm_head"], 2, 2, 64)),
            WeightLoadError.TensorMissing, "nor 'lm_head'", "No name in the file is like it");
    }

    [Fact]
    public void Many_problems_are_counted_and_the_first_few_listed()
    {
        WeightSlot[] slots = [.. Enumerable.Range(0, 20).Select(i => WeightSlot.Vector([$"layers.{i}.bias"], 2, 0))];
        WeightLoadException e = Fails.Load(new SafetensorsBytes().Build(), Manifest(8, slots), WeightLoadError.TensorMissing, "Further problems (19)", "and 13 more");
        Assert.Equal("layers.0.bias", e.Tensor);
        Assert.InRange(e.Message.Length, 0, 2000);
    }

    [Fact]
    public void An_unexpected_tensor_is_refused_unless_ignored()
    {
        byte[] bytes = new SafetensorsBytes().Add("b", [2], Ramp(2)).Add("position_ids", "I64", [1], new byte[8]).Add("layers.9.x", [1], [1]).Build();
        WeightSlot[] slots = [WeightSlot.Vector(["b"], 2, 0)];
        WeightLoadException e = Fails.Load(bytes, new WeightManifest("Model", 8, slots, []), WeightLoadError.TensorUnexpected,
            "2 tensors", "'position_ids', 'layers.9.x'", "fewer layers", "another family");
        Assert.Equal("position_ids", e.Tensor);
        Fails.Load(bytes, new WeightManifest("Model", 8, slots, ["position_ids", "layers.9"]), WeightLoadError.TensorUnexpected, "'layers.9.x'");
        SafetensorsLoading.Load(bytes, new WeightManifest("Model", 8, slots, ["position_ids", "layers.*"])).Dispose();
    }

    [Fact]
    public void A_transposed_tensor_is_named_as_such()
    {
        byte[] bytes = new SafetensorsBytes().Add("w", [3, 2], Ramp(6)).Build();
        WeightLoadException e = Fails.Load(bytes, Manifest(384, WeightSlot.Matrix<Float32>(["w"], 2, 3, 0)), WeightLoadError.ShapeTransposed, "[3, 2]", "[2, 3]", "Transpose");
        Assert.Equal(("w", "[2, 3]", "[3, 2]"), (e.Tensor, e.Expected, e.Found));
    }

    [Theory]
    [InlineData(new[] { 6 })]
    [InlineData(new int[0])]
    [InlineData(new[] { 2, 4 })]
    [InlineData(new[] { 0, 3 })]
    [InlineData(new[] { 1, 2, 3 })]
    public void Another_shape_is_refused(int[] shape)
    {
        int count = shape.Aggregate(1, (a, b) => a * b);
        byte[] bytes = new SafetensorsBytes().Add("w", shape, Ramp(count)).Build();
        Fails.Load(bytes, Manifest(384, WeightSlot.Matrix<Float32>(["w"], 2, 3, 0)), WeightLoadError.ShapeMismatch, $"[{string.Join(", ", shape)}]", "needs [2, 3]", "config.json");
    }

    [Theory]
    [InlineData(new[] { 2, 1 })]
    [InlineData(new[] { 1, 1, 2 })]
    [InlineData(new[] { 3 })]
    public void A_vector_takes_no_other_shape(int[] shape)
    {
        int count = shape.Aggregate(1, (a, b) => a * b);
        Fails.Load(new SafetensorsBytes().Add("b", shape, Ramp(count)).Build(), Manifest(8, WeightSlot.Vector(["b"], 2, 0)), WeightLoadError.ShapeMismatch, "needs [2]");
    }

    [Theory]
    [InlineData("I8", 1)]
    [InlineData("I32", 4)]
    [InlineData("F64", 8)]
    public void A_dtype_that_is_not_loaded_is_refused_when_needed(string dtype, int bytes) => Fails.Load(
        new SafetensorsBytes().Add("b", dtype, [2], new byte[2 * bytes]).Build(), Manifest(8, WeightSlot.Vector(["b"], 2, 0)), WeightLoadError.UnsupportedDType,
        $"tensor 'b' is stored as {dtype} and only F32, F16 and BF16 can be read", "Convert the checkpoint to F32 or F16");

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.NegativeInfinity, "infinity")]
    public void A_value_that_is_not_finite_is_refused(float value, string name)
    {
        float[] values = Ramp(40 * 5);
        values[38 * 5 + 4] = value;
        byte[] bytes = new SafetensorsBytes().Add("w", [40, 5], values).Build();
        WeightSlot[] slots =
        [
            WeightSlot.Matrix<Float32>(["w"], 40, 5, 0), WeightSlot.Matrix<BFloat16>(["w"], 40, 5, 0), WeightSlot.Matrix<Float16>(["w"], 40, 5, 0),
            WeightSlot.Matrix<Int8>(["w"], 40, 5, 0), WeightSlot.Matrix<Int4>(["w"], 40, 5, 0),
            Rows(["w"], 40, 5, 0), WeightSlot.LearnedPositions(["w"], 40, 5, 37, 3, 0),
        ];
        foreach (WeightSlot slot in slots)
        {
            WeightLoadException e = Fails.Load(bytes, Manifest(1280, slot), WeightLoadError.NotFinite, "'w'", $"{name} at [38, 4]");
            Assert.Equal(bytes.Length - 6 * 4, e.Offset);
        }
    }

    [Fact]
    public void Rows_that_the_model_does_not_take_are_not_looked_at()
    {
        byte[] bytes = new SafetensorsBytes().Add("p", [3, 1], [float.NaN, 1, 2]).Build();
        SafetensorsLoading.Load(bytes, Manifest(8, WeightSlot.LearnedPositions(["p"], 3, 1, 1, 2, 0))).Dispose();
    }

    [Fact]
    public void A_failure_frees_the_memory_and_closes_the_file()
    {
        using var temporary = new TemporaryFile(new SafetensorsBytes().Add("a", [2], [1, 2]).Add("b", [2], [1, float.NaN]).Build());
        WeightManifest manifest = Manifest(16, WeightSlot.Vector(["a"], 2, 0), WeightSlot.Vector(["b"], 2, 8));
        WeightMemory? allocated = null;
        using (var file = SafetensorsFile.Open(temporary.Path))
        {
            Assert.Throws<WeightLoadException>(() => WeightLoader.Load(file, manifest, bytes => allocated = new WeightMemory(bytes)));
        }
        Assert.Throws<ObjectDisposedException>(() => allocated!.Floats(0, 1).Length);
        Assert.Throws<WeightLoadException>(() => SafetensorsLoading.Load(temporary.Path, manifest));
        temporary.AssertClosed();
    }

    [Fact]
    public void A_refused_file_costs_no_memory()
    {
        using var file = SafetensorsFile.FromMemory(new SafetensorsBytes().Add("a", [2], [1, 2]).Build());
        WeightManifest manifest = Manifest(16, WeightSlot.Vector(["a"], 2, 0), WeightSlot.Vector(["b"], 2, 8));
        Assert.Throws<WeightLoadException>(() => WeightLoader.Load(file, manifest, _ => throw new InvalidOperationException("allocated")));
    }

    [Fact]
    public void Memory_that_cannot_be_had_is_a_load_error() => Fails.Load(
        new SafetensorsBytes().Build(), Manifest(long.MaxValue / 8), WeightLoadError.OutOfMemory, "could not be allocated");

    [Fact]
    public void A_manifest_that_does_not_fit_its_memory_is_a_programming_error()
    {
        WeightSlot[] slots =
        [
            default,
            WeightSlot.Vector([], 2, 0),
            WeightSlot.Vector([null!], 2, 0),
            WeightSlot.Vector(["b"], 0, 0),
            WeightSlot.Vector(["b"], 65, 0),
            WeightSlot.Vector(["b"], 2, -1),
            WeightSlot.Vector(["b"], 2, 252),
            WeightSlot.Vector(["b"], 2, long.MaxValue),
            WeightSlot.Vector(["b"], 2, long.MaxValue - 3),
            WeightSlot.Matrix<Float32>(["w"], 1, 3, 0),
            WeightSlot.Matrix<Float32>(["w"], 1, 2, 64),
            WeightSlot.Matrix<Float32>(["w"], 1, 2, 0, 32),
            WeightSlot.Matrix<Float32>(["w"], 1, 2, 0, -1),
            WeightSlot.Matrix<Float32>(["w"], 1, 2, 0, int.MaxValue),
            WeightSlot.Matrix<BFloat16>(["w"], 1, 5, 0),
            WeightSlot.Matrix<Float16>(["w"], 1, 5, 0),
            WeightSlot.Matrix<Int8>(["w"], 1, 1, 0),
            WeightSlot.Matrix<Int4>(["w"], 1, 1, 0),
            WeightSlot.LearnedPositions(["p"], 4, 2, 3, 2, 0),
            WeightSlot.LearnedPositions(["p"], 4, 2, -1, 2, 0),
            WeightSlot.SinusoidalPositions([], SinusoidKind.HuggingFace, int.MaxValue, 1, 2, 0),
            WeightSlot.SinusoidalPositions([], (SinusoidKind)9, 0, 1, 2, 0),
        ];
        foreach (WeightSlot slot in slots)
        {
            Assert.ThrowsAny<ArgumentException>(() => Manifest(256, slot));
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => Manifest(-1));
    }

    [Fact]
    public void A_slot_that_is_not_aligned_is_a_programming_error()
    {
        (WeightSlot Slot, int Alignment)[] slots =
        [
            (WeightSlot.Vector(["b"], 2, 2), 4),
            (WeightSlot.LearnedPositions(["p"], 4, 2, 0, 2, 7), 4),
            (WeightSlot.SinusoidalPositions([], SinusoidKind.HuggingFace, 0, 1, 2, 1), 4),
            (WeightSlot.Matrix<Float32>(["w"], 1, 1, 32), 64),
            (WeightSlot.Matrix<BFloat16>(["w"], 1, 1, 4), 64),
            (WeightSlot.Matrix<Float16>(["w"], 1, 1, 63), 64),
            (WeightSlot.Matrix<Int8>(["w"], 1, 1, 68), 64),
            (WeightSlot.Matrix<Int4>(["w"], 1, 1, 1), 64),
        ];
        foreach ((WeightSlot slot, int alignment) in slots)
        {
            var e = Assert.Throws<ArgumentException>(() => Manifest(4096, slot));
            Assert.Contains($"does not begin at a multiple of {alignment} bytes", e.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(70000f)]
    [InlineData(-65520f)]
    public void A_weight_beyond_its_half_precision_type_is_refused(float value)
    {
        float[] values = Ramp(40 * 5);
        values[(33 * 5) + 2] = value;
        byte[] bytes = new SafetensorsBytes().Add("w", [40, 5], values).Build();
        WeightLoadException e = Fails.Load(bytes, Manifest(4096, WeightSlot.Matrix<Float16>(["w"], 40, 5, 0)), WeightLoadError.OutOfRange,
            "tensor 'w' holds", value.ToString(System.Globalization.CultureInfo.InvariantCulture), "at [33, 2]", "beyond Float16", "Declare another weight type", "65504");
        Assert.Equal(("w", bytes.Length - (((7 * 5) - 2) * 4L)), (e.Tensor, e.Offset));
        Assert.Equal(("a weight that Float16 can hold", value.ToString("R", System.Globalization.CultureInfo.InvariantCulture)), (e.Expected, e.Found));
        // The others hold it.
        SafetensorsLoading.Load(bytes, Manifest(8192, WeightSlot.Matrix<Float32>(["w"], 40, 5, 0))).Dispose();
        SafetensorsLoading.Load(bytes, Manifest(4096, WeightSlot.Matrix<BFloat16>(["w"], 40, 5, 0))).Dispose();
        SafetensorsLoading.Load(bytes, Manifest(4096, WeightSlot.Matrix<Int8>(["w"], 40, 5, 0))).Dispose();
        SafetensorsLoading.Load(bytes, Manifest(4096, WeightSlot.Matrix<Int4>(["w"], 40, 5, 0))).Dispose();
    }

    [Fact]
    public void A_weight_that_rounds_to_infinity_as_bfloat16_is_refused()
    {
        byte[] bytes = new SafetensorsBytes().Add("w", [1, 2], [1, float.MaxValue]).Build();
        Fails.Load(bytes, Manifest(128, WeightSlot.Matrix<BFloat16>(["w"], 1, 2, 0)), WeightLoadError.OutOfRange, "3.4028235E+38 at [0, 1]", "beyond BFloat16");
        float largest = BitConverter.UInt32BitsToSingle(0x7F7F0000);
        SafetensorsLoading.Load(new SafetensorsBytes().Add("w", [1, 2], [1, largest]).Build(), Manifest(128, WeightSlot.Matrix<BFloat16>(["w"], 1, 2, 0))).Dispose();
    }

    [Fact]
    public void The_largest_half_is_not_refused() => SafetensorsLoading.Load(
        new SafetensorsBytes().Add("w", [1, 2], [65504, -65519]).Build(), Manifest(128, WeightSlot.Matrix<Float16>(["w"], 1, 2, 0))).Dispose();
}
