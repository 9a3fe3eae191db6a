using System.Text.Json;

namespace Formwork.Tool.Tests;

/// <summary>Checkpoints in several files, which every command takes by their index.</summary>
public sealed class ShardTests
{
    private const int Count = 3;

    [Fact]
    public void Inspect_describes_the_tensors_of_all_shards_as_those_of_one_file()
    {
        using var folder = new TemporaryFolder();
        string index = Shards.Split(TestModels.Sample, folder, Count);

        JsonElement sharded = ToolRun.Run("inspect", index, "--sort", "name", "--json").Succeeded().Json();
        JsonElement single = ToolRun.Run("inspect", TestModels.Sample, "--sort", "name", "--json").Succeeded().Json();

        Assert.Equal("safetensors in shards", sharded.GetProperty("kind").GetString());
        Assert.Equal(Enumerable.Range(0, Count).Sum(shard => new FileInfo(folder.File(Shards.Name(shard, Count))).Length), sharded.GetProperty("bytes").GetInt64());
        foreach (string same in new[] { "tensorCount", "parameters", "types", "notes", "problems" })
        {
            Assert.Equal(single.GetProperty(same).GetRawText(), sharded.GetProperty(same).GetRawText());
        }

        Assert.False(sharded.TryGetProperty("metadata", out _));
        Assert.Equal(Enumerable.Range(0, Count).Select(static shard => Shards.Name(shard, Count)), sharded.GetProperty("shards").EnumerateArray().Select(static shard => shard.GetProperty("file").GetString()!));
        Assert.All(sharded.GetProperty("shards").EnumerateArray(), static shard => Assert.Equal("pt", shard.GetProperty("metadata").GetProperty("format").GetString()));
        Assert.Equal(170, sharded.GetProperty("shards").EnumerateArray().Sum(static shard => shard.GetProperty("tensorCount").GetInt32()));
        Dictionary<string, string> owners = StoredTensor.ReadAll(TestModels.Sample).Select(static (tensor, at) => (tensor.Name, Shards.Name(at % Count, Count))).ToDictionary();
        foreach ((JsonElement part, JsonElement whole) in sharded.GetProperty("tensors").EnumerateArray().Zip(single.GetProperty("tensors").EnumerateArray()))
        {
            Assert.Equal(Without(whole, "offset"), Without(part, "offset", "shard"));
            Assert.Equal(owners[part.GetProperty("name").GetString()!], part.GetProperty("shard").GetString());
        }
    }

    [Fact]
    public void Inspect_lists_the_shards_and_their_metadata_once()
    {
        using var folder = new TemporaryFolder();
        string index = Shards.Split(TestModels.Sample, folder, Count);

        string output = ToolRun.Run("inspect", index, "--tensor", "model.shared.*").Succeeded().Output;

        Assert.Contains("safetensors in shards", output, StringComparison.Ordinal);
        Assert.Contains("model-00002-of-00003.safetensors, ", output, StringComparison.Ordinal);
        Assert.Contains("57 tensors", output, StringComparison.Ordinal);
        Assert.Contains("170 of at most 131,072, 1 of them read", output, StringComparison.Ordinal);
        Assert.Single(output.Split('\n'), static line => line.Contains("format = pt", StringComparison.Ordinal));
    }

    [Fact]
    public void A_manifest_of_shards_is_that_of_one_file_but_for_the_names_of_files()
    {
        using var folder = new TemporaryFolder();
        string index = Shards.Split(TestModels.Sample, folder, Count);

        JsonElement report = ToolRun.Run("manifest", index, "--json").Succeeded().Json();
        ToolRun.Run("manifest", TestModels.Sample, "-o", folder.File("single")).Succeeded();

        string[] sharded = File.ReadAllLines(index + ".manifest");
        string[] single = File.ReadAllLines(folder.File("single"));
        Assert.Equal(single[2..], sharded[(2 + Count)..]);
        Assert.Equal(
            [
                single[0],
                $"# {Shards.IndexName}, {new FileInfo(index).Length} bytes",
                .. Enumerable.Range(0, Count).Select(shard => $"# {Shards.Name(shard, Count)}, {new FileInfo(folder.File(Shards.Name(shard, Count))).Length} bytes"),
            ],
            sharded[..(2 + Count)]);
        Assert.Equal(170, report.GetProperty("tensors").GetInt32());
        Assert.Equal(index, report.GetProperty("file").GetString());
    }

    [Fact]
    public void Shards_are_packed_and_measured_as_one_file()
    {
        using var folder = new TemporaryFolder();
        string index = Shards.Split(TestModels.Sample, folder, Count);

        JsonElement sharded = Quantize(index, folder.File("sharded.fw"));
        JsonElement single = Quantize(TestModels.Sample, folder.File("single.fw"));
        ToolRun.Run("pack", index, "--declaration", TestModels.SampleDeclaration, "-o", folder.File("packed.fw")).Succeeded();
        ToolRun.Run("pack", TestModels.Sample, "--declaration", TestModels.SampleDeclaration, "-o", folder.File("packed-single.fw")).Succeeded();
        JsonElement alone = ToolRun.Run("quantize", index, "--type", "int8", "--json").Succeeded().Json();

        Assert.Equal(File.ReadAllBytes(folder.File("single.fw")), File.ReadAllBytes(folder.File("sharded.fw")));
        Assert.Equal(File.ReadAllBytes(folder.File("packed-single.fw")), File.ReadAllBytes(folder.File("packed.fw")));
        Assert.Equal(single.GetProperty("matrices").GetRawText(), sharded.GetProperty("matrices").GetRawText());
        Assert.Equal(single.GetProperty("matrices").GetArrayLength(), alone.GetProperty("matrices").GetArrayLength());
        Assert.Equal(
            Enumerable.Range(0, Count).Sum(shard => new FileInfo(folder.File(Shards.Name(shard, Count))).Length),
            sharded.GetProperty("packed").GetProperty("sourceBytes").GetInt64());

        static JsonElement Quantize(string file, string output) => ToolRun
            .Run("quantize", file, "--type", "int8", "--declaration", TestModels.SampleDeclaration, "-o", output, "--report", "--json").Succeeded().Json();
    }

    [Theory]
    [InlineData("../secret.safetensors", "no plain name of a file beside the index")]
    [InlineData("/etc/secret.safetensors", "no plain name of a file beside the index")]
    [InlineData("..\\secret.safetensors", "no plain name of a file beside the index")]
    [InlineData("other.safetensors", "lists a shard that is not beside it", "other.safetensors", "there is no such file")]
    public void An_index_that_does_not_fit_its_shards_is_refused(string shard, params string[] words)
    {
        using var folder = new TemporaryFolder();
        WriteTwo(folder);
        string index = Shards.WriteIndex(folder, [("a", shard), ("b", "second.safetensors")]);
        FailsEverywhere(folder, index, words);
    }

    [Fact]
    public void A_tensor_in_another_shard_in_two_or_in_none_is_refused()
    {
        using var folder = new TemporaryFolder();
        WriteTwo(folder);
        string index = Shards.WriteIndex(folder, [("a", "second.safetensors"), ("b", "first.safetensors")]);
        FailsEverywhere(folder, index, "'a' is in 'second.safetensors', but it is in 'first.safetensors'");

        Shards.WriteIndex(folder, [("a", "first.safetensors"), ("b", "second.safetensors"), ("c", "second.safetensors")]);
        FailsEverywhere(folder, index, "'c' is in 'second.safetensors', where it is not");

        folder.Write("second.safetensors", new SafetensorsBytes().Add("a", "F32", [1], 1f).Add("b", "F32", [1], 2f).ToBytes());
        FailsEverywhere(folder, index, "'a' is in two shards, 'first.safetensors' and 'second.safetensors'");
    }

    [Fact]
    public void A_damaged_index_or_shard_is_refused()
    {
        using var folder = new TemporaryFolder();
        WriteTwo(folder);
        string index = folder.Write(Shards.IndexName, "{\"weight_map\": {\"a\": ");
        FailsEverywhere(folder, index, "not valid JSON", "Download or copy model.safetensors.index.json again");

        Shards.WriteIndex(folder, [("a", "first.safetensors"), ("b", "second.safetensors")]);
        folder.Write("second.safetensors", File.ReadAllBytes(folder.File("second.safetensors"))[..^1]);
        FailsEverywhere(folder, index, "second.safetensors", "incomplete");
    }

    [Fact]
    public void An_index_that_is_not_there_is_wrong_usage()
    {
        using var folder = new TemporaryFolder();
        foreach (string[] arguments in Commands(folder.File(Shards.IndexName), folder.File("output")))
        {
            ToolRun.Run(arguments).FailedWith(2, Shards.IndexName, "no such file").Silent();
        }
    }

    [Fact]
    public void No_shard_is_written_over()
    {
        using var folder = new TemporaryFolder();
        string index = Shards.Split(TestModels.Sample, folder, 2);
        string shard = folder.File(Shards.Name(1, 2));
        byte[] before = File.ReadAllBytes(shard);

        ToolRun.Run("manifest", index, "-o", shard).FailedWith(2, "would replace").Silent();
        ToolRun.Run("manifest", index, "-o", index).FailedWith(2, "would replace").Silent();
        ToolRun.Run("pack", index, "--declaration", TestModels.SampleDeclaration, "-o", shard).FailedWith(2, "would replace").Silent();
        ToolRun.Run("quantize", index, "--type", "int8", "--declaration", TestModels.SampleDeclaration, "-o", shard).FailedWith(2, "would replace").Silent();

        Assert.Equal(before, File.ReadAllBytes(shard));
        Assert.Equal([Shards.Name(0, 2), Shards.Name(1, 2), Shards.IndexName], folder.Names);
    }

    private static void WriteTwo(TemporaryFolder folder)
    {
        folder.Write("first.safetensors", new SafetensorsBytes().Add("a", "F32", [1], 1f).ToBytes());
        folder.Write("second.safetensors", new SafetensorsBytes().Add("b", "F32", [1], 2f).ToBytes());
    }

    private static void FailsEverywhere(TemporaryFolder folder, string index, params string[] words)
    {
        string[] before = folder.Names;
        foreach (string[] arguments in Commands(index, folder.File("output")))
        {
            ToolRun.Run(arguments).FailedWith(1, words).Silent();
        }

        Assert.Equal(before, folder.Names);
    }

    private static string[][] Commands(string file, string output) =>
    [
        ["inspect", file],
        ["manifest", file, "-o", output],
        ["pack", file, "--declaration", TestModels.SampleDeclaration, "-o", output],
        ["quantize", file, "--type", "int8"],
    ];

    private static string Without(JsonElement element, params string[] properties) =>
        string.Join('\n', element.EnumerateObject().Where(property => !properties.Contains(property.Name)).Select(static property => property.ToString()));
}
