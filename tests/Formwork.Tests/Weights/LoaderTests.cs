using Formwork.Weights;

namespace Formwork.Tests.Weights;

public sealed class LoaderTests
{
    private static float[] Ramp(int length, float start = 1) => [.. Enumerable.Range(0, length).Select(i => start + i)];

    private static WeightManifest Manifest(long floats, params WeightSlot[] slots) => new("EnglishToFrench", floats, slots, []);

    [Fact]
    public void Rows_and_vectors_are_copied()
    {
        byte[] bytes = new SafetensorsBytes().Add("e", [2, 3], Ramp(6)).Add("b", [3], Ramp(3, 10)).Add("c", [1, 3], Ramp(3, 20)).Build();
        using WeightMemory memory = WeightLoader.Load(bytes, Manifest(16,
            WeightSlot.Rows(["e"], 2, 3, 0), WeightSlot.Vector(["b"], 3, 8), WeightSlot.Vector(["c"], 3, 11)));
        Assert.Equal([1, 2, 3, 4, 5, 6, 0, 0, 10, 11, 12, 20, 21, 22, 0, 0], memory.Slice(0, 16));
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
        using WeightMemory memory = WeightLoader.Load(bytes, Manifest(4, WeightSlot.Rows(["t"], 2, 2, 0)));
        Assert.Equal(values, memory.Slice(0, 4));
    }

    [Fact]
    public void Learned_positions_are_cut_from_their_table()
    {
        byte[] bytes = new SafetensorsBytes().Add("p", [5, 2], Ramp(10)).Build();
        using WeightMemory memory = WeightLoader.Load(bytes, Manifest(4, WeightSlot.LearnedPositions(["p"], 5, 2, 2, 2, 0)));
        Assert.Equal([5, 6, 7, 8], memory.Slice(0, 4));
    }

    [Fact]
    public void Sinusoids_come_from_the_file_where_it_has_them_and_are_computed_where_not()
    {
        WeightManifest manifest = Manifest(6, WeightSlot.SinusoidalPositions(["p.weight", "p.weights"], SinusoidKind.HuggingFace, 1, 3, 2, 0));
        using WeightMemory stored = WeightLoader.Load(new SafetensorsBytes().Add("p.weights", [9, 2], Ramp(18)).Build(), manifest);
        Assert.Equal([3, 4, 5, 6, 7, 8], stored.Slice(0, 6));

        using WeightMemory computed = WeightLoader.Load(new SafetensorsBytes().Build(), manifest);
        var expected = new float[6];
        Sinusoid.Fill(SinusoidKind.HuggingFace, 1, 3, 2, expected);
        Assert.Equal(expected, computed.Slice(0, 6));

        Fails.Load(new SafetensorsBytes().Add("p.weight", [3, 2], Ramp(6)).Build(), manifest, WeightLoadError.ShapeMismatch, "[at least 4, 2]", "lengths");
    }

    [Fact]
    public void Large_sinusoid_tables_are_computed_in_parts()
    {
        const int Rows = 700, Columns = 512;
        using WeightMemory memory = WeightLoader.Load(new SafetensorsBytes().Build(),
            Manifest(Rows * Columns, WeightSlot.SinusoidalPositions([], SinusoidKind.TensorToTensor, 3, Rows, Columns, 0)));
        var expected = new float[Rows * Columns];
        Sinusoid.Fill(SinusoidKind.TensorToTensor, 3, Rows, Columns, expected);
        Assert.Equal(expected, memory.Slice(0, Rows * Columns));
    }

    [Fact]
    public void An_optional_tensor_may_be_absent()
    {
        WeightManifest manifest = Manifest(2, WeightSlot.Vector(["b"], 2, 0).OrZeros());
        using WeightMemory absent = WeightLoader.Load(new SafetensorsBytes().Build(), manifest);
        Assert.Equal([0, 0], absent.Slice(0, 2));
        using WeightMemory present = WeightLoader.Load(new SafetensorsBytes().Add("b", [2], Ramp(2)).Build(), manifest);
        Assert.Equal([1, 2], present.Slice(0, 2));
    }

    [Fact]
    public void Any_one_name_of_a_tied_tensor_will_do()
    {
        WeightManifest manifest = Manifest(4, WeightSlot.Rows(["shared", "embed", "head"], 2, 2, 0));
        foreach (string name in (string[])["shared", "embed", "head"])
        {
            using WeightMemory one = WeightLoader.Load(new SafetensorsBytes().Add(name, [2, 2], Ramp(4)).Build(), manifest);
            Assert.Equal(Ramp(4), one.Slice(0, 4));
        }
        using WeightMemory two = WeightLoader.Load(
            new SafetensorsBytes().Add("embed", [2, 2], Ramp(4)).Add("head", [2, 2], Ramp(4)).Build(), manifest);
        Assert.Equal(Ramp(4), two.Slice(0, 4));
    }

    [Fact]
    public void Tied_tensors_that_differ_are_refused()
    {
        WeightManifest manifest = Manifest(4, WeightSlot.Rows(["shared", "head"], 2, 2, 0));
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
        WeightLoadException e = Fails.Load(bytes, Manifest(8, WeightSlot.Rows(["model.encoder.layers.0.fc1.weight"], 2, 2, 0)),
            WeightLoadError.TensorMissing, "'model.encoder.layers.0.fc1.weight' is not in the file", "closest name in the file is 'encoder.layers.0.fc1.weight'", "EnglishToFrench", "Further problems (1)");
        Assert.Equal(("model.encoder.layers.0.fc1.weight", "[2, 2]"), (e.Tensor, e.Expected));
        Fails.Load(new SafetensorsBytes().Build(), Manifest(8, WeightSlot.Rows(["shared", "lm_head"], 2, 2, 0), WeightSlot.Rows(["shared", "lm_head"], 2, 2, 4)),
            WeightLoadError.TensorMissing, "nor 'lm_head'", "No name in the file is like it");
    }

    [Fact]
    public void Many_problems_are_counted_and_the_first_few_listed()
    {
        WeightSlot[] slots = [.. Enumerable.Range(0, 20).Select(i => WeightSlot.Vector([$"layers.{i}.bias"], 2, 0))];
        WeightLoadException e = Fails.Load(new SafetensorsBytes().Build(), Manifest(2, slots), WeightLoadError.TensorMissing, "Further problems (19)", "and 13 more");
        Assert.Equal("layers.0.bias", e.Tensor);
        Assert.InRange(e.Message.Length, 0, 2000);
    }

    [Fact]
    public void An_unexpected_tensor_is_refused_unless_ignored()
    {
        byte[] bytes = new SafetensorsBytes().Add("b", [2], Ramp(2)).Add("position_ids", "I64", [1], new byte[8]).Add("layers.9.x", [1], [1]).Build();
        WeightSlot[] slots = [WeightSlot.Vector(["b"], 2, 0)];
        WeightLoadException e = Fails.Load(bytes, new WeightManifest("Model", 2, slots, []), WeightLoadError.TensorUnexpected,
            "2 tensors", "'position_ids', 'layers.9.x'", "fewer layers", "another family");
        Assert.Equal("position_ids", e.Tensor);
        Fails.Load(bytes, new WeightManifest("Model", 2, slots, ["position_ids", "layers.9"]), WeightLoadError.TensorUnexpected, "'layers.9.x'");
        WeightLoader.Load(bytes, new WeightManifest("Model", 2, slots, ["position_ids", "layers.*"])).Dispose();
    }

    [Fact]
    public void A_transposed_tensor_is_named_as_such()
    {
        byte[] bytes = new SafetensorsBytes().Add("w", [3, 2], Ramp(6)).Build();
        WeightLoadException e = Fails.Load(bytes, Manifest(192, WeightSlot.Panels(["w"], 2, 3, 0)), WeightLoadError.ShapeTransposed, "[3, 2]", "[2, 3]", "Transpose");
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
        Fails.Load(bytes, Manifest(6, WeightSlot.Rows(["w"], 2, 3, 0)), WeightLoadError.ShapeMismatch, $"[{string.Join(", ", shape)}]", "needs [2, 3]", "config.json");
    }

    [Theory]
    [InlineData(new[] { 2, 1 })]
    [InlineData(new[] { 1, 1, 2 })]
    [InlineData(new[] { 3 })]
    public void A_vector_takes_no_other_shape(int[] shape)
    {
        int count = shape.Aggregate(1, (a, b) => a * b);
        Fails.Load(new SafetensorsBytes().Add("b", shape, Ramp(count)).Build(), Manifest(2, WeightSlot.Vector(["b"], 2, 0)), WeightLoadError.ShapeMismatch, "needs [2]");
    }

    [Fact]
    public void A_dtype_that_is_not_a_float_is_refused_when_needed() => Fails.Load(
        new SafetensorsBytes().Add("b", "I8", [2], new byte[2]).Build(), Manifest(2, WeightSlot.Vector(["b"], 2, 0)), WeightLoadError.UnsupportedDType, "stored as I8");

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.NegativeInfinity, "infinity")]
    public void A_value_that_is_not_finite_is_refused(float value, string name)
    {
        float[] values = Ramp(40 * 5);
        values[38 * 5 + 4] = value;
        byte[] bytes = new SafetensorsBytes().Add("w", [40, 5], values).Build();
        WeightSlot[] slots = [WeightSlot.Panels(["w"], 40, 5, 0), WeightSlot.Rows(["w"], 40, 5, 0), WeightSlot.LearnedPositions(["w"], 40, 5, 37, 3, 0)];
        foreach (WeightSlot slot in slots)
        {
            WeightLoadException e = Fails.Load(bytes, Manifest(320, slot), WeightLoadError.NotFinite, "'w'", $"{name} at [38, 4]");
            Assert.Equal(bytes.Length - 6 * 4, e.Offset);
        }
    }

    [Fact]
    public void Rows_that_the_model_does_not_take_are_not_looked_at()
    {
        byte[] bytes = new SafetensorsBytes().Add("p", [3, 1], [float.NaN, 1, 2]).Build();
        WeightLoader.Load(bytes, Manifest(2, WeightSlot.LearnedPositions(["p"], 3, 1, 1, 2, 0))).Dispose();
    }

    [Fact]
    public void A_failure_frees_the_memory_and_closes_the_file()
    {
        using var temporary = new TemporaryFile(new SafetensorsBytes().Add("a", [2], [1, 2]).Add("b", [2], [1, float.NaN]).Build());
        WeightManifest manifest = Manifest(4, WeightSlot.Vector(["a"], 2, 0), WeightSlot.Vector(["b"], 2, 2));
        WeightMemory? allocated = null;
        using (var file = SafetensorsFile.Open(temporary.Path))
        {
            Assert.Throws<WeightLoadException>(() => WeightLoader.Load(file, manifest, floats => allocated = new WeightMemory(floats)));
        }
        Assert.Throws<ObjectDisposedException>(() => allocated!.Slice(0, 1).Length);
        Assert.Throws<WeightLoadException>(() => WeightLoader.Load(temporary.Path, manifest));
        temporary.AssertClosed();
    }

    [Fact]
    public void A_refused_file_costs_no_memory()
    {
        using var file = SafetensorsFile.FromMemory(new SafetensorsBytes().Add("a", [2], [1, 2]).Build());
        WeightManifest manifest = Manifest(4, WeightSlot.Vector(["a"], 2, 0), WeightSlot.Vector(["b"], 2, 2));
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
            WeightSlot.Vector(["b"], 2, 63),
            WeightSlot.Vector(["b"], 2, long.MaxValue),
            WeightSlot.Panels(["w"], 1, 3, 0),
            WeightSlot.Panels(["w"], 1, 2, 0, 32),
            WeightSlot.Panels(["w"], 1, 2, 0, -1),
            WeightSlot.Panels(["w"], 1, 2, 0, int.MaxValue),
            WeightSlot.LearnedPositions(["p"], 4, 2, 3, 2, 0),
            WeightSlot.LearnedPositions(["p"], 4, 2, -1, 2, 0),
            WeightSlot.SinusoidalPositions([], SinusoidKind.HuggingFace, int.MaxValue, 1, 2, 0),
            WeightSlot.SinusoidalPositions([], (SinusoidKind)9, 0, 1, 2, 0),
        ];
        foreach (WeightSlot slot in slots)
        {
            Assert.ThrowsAny<ArgumentException>(() => Manifest(64, slot));
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => Manifest(-1));
    }
}
