using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Formwork.Tool.Manifests;

namespace Formwork.Tool.Tests;

/// <summary><c>manifest</c>.</summary>
public sealed class ManifestTests
{
    [Fact]
    public void It_lists_every_tensor_of_a_real_file_as_an_independent_reader_finds_it()
    {
        using var folder = new TemporaryFolder();
        string manifest = folder.File("model.safetensors.manifest");

        ToolRun.Run("manifest", TestModels.Sample, "-o", manifest).Succeeded();

        IEnumerable<string> tensors = StoredTensor.ReadAll(TestModels.Sample)
            .OrderBy(static tensor => tensor.Name, StringComparer.Ordinal)
            .Select(static tensor => $"{tensor.Type} {tensor.ShapeText} sha256:{Convert.ToHexStringLower(SHA256.HashData(tensor.Bytes))} {tensor.Name}\n");
        string expected = $"# formwork weight manifest 1\n# model.safetensors, {new FileInfo(TestModels.Sample).Length} bytes\n{string.Concat(tensors)}";
        Assert.Equal(Encoding.UTF8.GetBytes(expected), File.ReadAllBytes(manifest));
    }

    [Fact]
    public void Names_scalars_and_types_are_written_as_the_format_has_them()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("odd # name.safetensors", new SafetensorsBytes()
            .Add("é z", "F32", [1, 0, 3], Array.Empty<float>())
            .Add("Z", "BF16", [], (ushort)0x3F80)
            .Add("a b  c", "BOOL", [1], (byte)1)
            .Add(@"back\slash", "F8_E5M2", [2, 1], (byte)1, (byte)2)
            .ToBytes());

        ToolRun.Run("manifest", path).Succeeded();

        string[] lines = File.ReadAllText(path + ".manifest").Split('\n');
        Assert.Equal(
            [
                "# formwork weight manifest 1",
                $"# odd # name.safetensors, {new FileInfo(path).Length} bytes",
                $"BF16 scalar sha256:{Hash(0x80, 0x3F)} Z",
                $"BOOL 1 sha256:{Hash(1)} a b  c",
                $@"F8_E5M2 2x1 sha256:{Hash(1, 2)} back\\slash",
                $"F32 1x0x3 sha256:{Hash()} é z",
                "",
            ],
            lines);
        Assert.Equal(["odd # name.safetensors", "odd # name.safetensors.manifest"], folder.Names);
    }

    [Fact]
    public void The_generator_reads_it_and_compares_it_with_the_declaration()
    {
        using var folder = new TemporaryFolder();
        ToolRun.Run("manifest", TestModels.Sample, "-o", folder.File("sample.manifest")).Succeeded();
        string declaration = File.ReadAllText(TestModels.SampleDeclaration).Replace("MaxBeams = 8", "Manifest = \"sample.manifest\"", StringComparison.Ordinal);
        string right = folder.Write("Right.cs", declaration);
        string wrong = folder.Write("Wrong.cs", declaration.Replace("DecoderLayers = 4", "DecoderLayers = 5", StringComparison.Ordinal));

        ToolRun.Run("plan", "--declaration", right).Succeeded();
        ToolResult result = ToolRun.Run("plan", "--declaration", wrong);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("FW0203", result.Error, StringComparison.Ordinal);
        Assert.Contains("model.decoder.layers.4.", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData(@"a\b", @"a\\b")]
    [InlineData("a\nb\u0001\u007f\u0085", @"a\u000ab\u0001\u007f\u0085")]
    public void Names_are_escaped(string name, string expected) => Assert.Equal(expected, ManifestText.Escape(name));

    [Fact]
    public void It_depends_on_nothing_but_the_file_and_replaces_an_old_one()
    {
        using var folder = new TemporaryFolder();
        File.Copy(TestModels.Sample, folder.File("model.safetensors"));
        folder.Write("model.safetensors.manifest", "old");

        JsonElement report = ToolRun.Run("manifest", folder.File("model.safetensors"), "--json").Succeeded().Json();
        ToolRun.Run("manifest", TestModels.Sample, "--output", folder.File("second")).Succeeded();

        Assert.Equal(File.ReadAllBytes(folder.File("second")), File.ReadAllBytes(folder.File("model.safetensors.manifest")));
        Assert.Equal(folder.File("model.safetensors.manifest"), report.GetProperty("manifest").GetString());
        Assert.Equal(170, report.GetProperty("tensors").GetInt32());
        Assert.Equal(["model.safetensors", "model.safetensors.manifest", "second"], folder.Names);
    }

    [Fact]
    public void Packed_weights_have_no_tensors_to_list()
    {
        using var folder = new TemporaryFolder();
        string packed = folder.File("model.fw");
        using (Translate.Sentences.EnglishToFrench model = Translate.Sentences.EnglishToFrench.Load(TestModels.Sample))
        {
            model.Save(packed);
        }

        ToolRun.Run("manifest", packed).FailedWith(1, "packed weights", "original safetensors file").Silent();
        Assert.Equal(["model.fw"], folder.Names);
    }

    private static string Hash(params byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
