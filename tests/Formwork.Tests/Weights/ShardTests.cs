using System.Text;
using Formwork.Weights;

namespace Formwork.Tests.Weights;

/// <summary>Checkpoints in several files, by their index.</summary>
public sealed class ShardTests : IDisposable
{
    private const string First = "model-00001-of-00002.safetensors";
    private const string Second = "model-00002-of-00002.safetensors";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("formwork-shards-");

    private static WeightManifest Manifest => new("EnglishToFrench", 32, [WeightSlot.Vector(["a"], 3, 0), WeightSlot.Vector(["b"], 3, 16)], []);

    private string Index => Path.Combine(_folder.FullName, "model.safetensors.index.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Tensors_of_all_shards_are_loaded()
    {
        Write(First, new SafetensorsBytes().Add("a", [3], [1, 2, 3]));
        Write(Second, new SafetensorsBytes().Add("b", [3], [4, 5, 6]));
        WriteIndex($$"""{"metadata": {"total_size": 24, "deep": [{}]}, "weight_map": {"a": "{{First}}", "b": "{{Second}}"}, "more": 1}""");
        using WeightMemory memory = Load();
        Assert.Equal([1, 2, 3, 0, 4, 5, 6, 0], memory.Floats(0, 8));
        AssertClosed();
    }

    [Theory]
    [InlineData("../model.safetensors")]
    [InlineData("/etc/passwd")]
    [InlineData("sub/model.safetensors")]
    [InlineData("sub\\\\model.safetensors")]
    [InlineData("C:model.safetensors")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("a\\u0000b")]
    public void A_shard_elsewhere_is_refused_before_any_file_is_opened(string shard)
    {
        WriteIndex($$"""{"weight_map": {"a": "{{shard}}"} }""");
        Fails(WeightLoadError.ShardOutside, "the shard of 'a'", "no plain name");
    }

    [Theory]
    [InlineData("", "not valid JSON")]
    [InlineData("[]", "no JSON object")]
    [InlineData("{}", "no weight_map")]
    [InlineData("""{"weight_map": {} }""", "no weight_map")]
    [InlineData("""{"weight_map": [] }""", "no JSON object")]
    [InlineData("""{"weight_map": {"a": 1} }""", "the shard of 'a' is no string")]
    [InlineData("""{"weight_map": {"a": "x", "a": "x"} }""", "lists 'a' twice")]
    [InlineData("""{"weight_map": {"a": "x"}, "weight_map": {"a": "x"} }""", "two weight maps")]
    [InlineData("""{"weight_map": {"a": "x"} """, "not valid JSON")]
    [InlineData("""{"weight_map": {"a": "x"} } x""", "not valid JSON")]
    public void A_damaged_index_is_refused(string text, string message)
    {
        WriteIndex(text);
        Fails(WeightLoadError.ShardIndexDamaged, message);
    }

    [Fact]
    public void An_index_that_is_not_utf8_is_refused()
    {
        File.WriteAllBytes(Index, [.. "{\"weight_map\": {\"a"u8, 0xFF, .. "\": \"x\"} }"u8]);
        Fails(WeightLoadError.ShardIndexDamaged, "not UTF-8");
    }

    [Fact]
    public void Shards_that_are_missing_damaged_or_contradict_each_other_are_refused_and_closed()
    {
        WriteIndex($$"""{"weight_map": {"a": "{{First}}", "b": "{{Second}}"} }""");
        Write(First, new SafetensorsBytes().Add("a", [3], [1, 2, 3]));
        Fails(WeightLoadError.FileNotFound, Second);

        File.WriteAllBytes(Path.Combine(_folder.FullName, Second), "GGUF and more"u8.ToArray());
        Fails(WeightLoadError.Gguf, Second);

        Write(Second, new SafetensorsBytes().Add("a", [3], [1, 2, 3]).Add("b", [3], [4, 5, 6]));
        Fails(WeightLoadError.ShardsContradict, "tensor 'a' is in two shards");

        Write(Second, new SafetensorsBytes().Add("c", [3], [4, 5, 6]));
        Fails(WeightLoadError.ShardsContradict, "tensor 'b'", "where it is not");

        Write(First, new SafetensorsBytes().Add("b", [3], [1, 2, 3]));
        Write(Second, new SafetensorsBytes().Add("a", [3], [4, 5, 6]));
        Fails(WeightLoadError.ShardsContradict, "but it is in");
    }

    [Fact]
    public void Problems_of_the_model_are_found_over_all_shards()
    {
        WriteIndex($$"""{"weight_map": {"a": "{{First}}", "x": "{{Second}}"} }""");
        Write(First, new SafetensorsBytes().Add("a", [2], [1, 2]));
        Write(Second, new SafetensorsBytes().Add("x", [3], [4, 5, 6]));
        Fails(WeightLoadError.ShapeMismatch, "tensor 'a'", "tensor 'b' is not in the file", "does not use: 'x'");
    }

    [Fact]
    public void No_index_makes_the_loader_fail_otherwise()
    {
        string index = $$"""{"metadata": {"total_size": 24}, "weight_map": {"a": "{{First}}", "b": "{{Second}}"} }""";
        Write(First, new SafetensorsBytes().Add("a", [3], [1, 2, 3]));
        Write(Second, new SafetensorsBytes().Add("b", [3], [4, 5, 6]));
        var random = new Random(3);
        for (int round = 0; round < 3_000; round++)
        {
            byte[] damaged = Encoding.UTF8.GetBytes(index);
            for (int edits = random.Next(1, 4); edits > 0; edits--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            File.WriteAllBytes(Index, damaged[..(round % 2 == 0 ? damaged.Length : random.Next(damaged.Length))]);
            try
            {
                Load().Dispose();
            }
            catch (WeightLoadException)
            {
            }
        }
    }

    private void Write(string shard, SafetensorsBytes tensors) => File.WriteAllBytes(Path.Combine(_folder.FullName, shard), tensors.Build());

    private void WriteIndex(string text) => File.WriteAllText(Index, text);

    private WeightMemory Load() => WeightFile.Load(Index, default, WeightStorage.Mapped, () => Manifest);

    private void Fails(WeightLoadError code, params string[] parts)
    {
        Weights.Fails.Check(Assert.Throws<WeightLoadException>(Load), code, parts);
        AssertClosed();
    }

    private void AssertClosed()
    {
        foreach (string file in Directory.EnumerateFiles(_folder.FullName))
        {
            using FileStream exclusive = File.Open(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        }
    }
}
