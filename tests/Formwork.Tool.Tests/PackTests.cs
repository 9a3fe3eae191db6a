using System.Text.Json;
using Formwork.Weights;
using Translate.Sentences;

namespace Formwork.Tool.Tests;

/// <summary><c>pack</c>, and <c>inspect</c> on what it writes.</summary>
public sealed class PackTests
{
    [Fact]
    public void The_file_is_the_one_that_a_built_project_saves_and_loads_there()
    {
        using var folder = new TemporaryFolder();
        string packed = folder.File("tool.fw");
        string saved = folder.File("project.fw");
        using (EnglishToFrench model = EnglishToFrench.Load(TestModels.Sample))
        {
            model.Save(saved);
        }

        JsonElement report = ToolRun.Run("pack", TestModels.Sample, "--declaration", TestModels.SampleDeclaration, "-o", packed, "--json").Succeeded().Json();

        Assert.Equal(File.ReadAllBytes(saved), File.ReadAllBytes(packed));
        Assert.Equal("Translate.Sentences.EnglishToFrench", report.GetProperty("model").GetString());
        Assert.Equal(new FileInfo(saved).Length, report.GetProperty("bytes").GetInt64());
        Assert.Equal(EnglishToFrench.WeightBytes, report.GetProperty("weightBytes").GetInt64());
        Assert.True(report.GetProperty("seconds").GetDouble() > 0);
        using EnglishToFrench loaded = EnglishToFrench.Load(packed, storage: WeightStorage.Copied);
        using EnglishToFrench original = EnglishToFrench.Load(TestModels.Sample);
        int[] source = [17, 42, 1200, EnglishToFrench.EndToken];
        int[] target = [5, 6, 7, EnglishToFrench.EndToken];
        Assert.Equal(original.Score(source, target), loaded.Score(source, target));
        Assert.Equal(["project.fw", "tool.fw"], folder.Names);
    }

    [SkippableFact]
    public void One_of_several_declarations_is_chosen_by_the_end_of_its_name()
    {
        string weights = SharedFolder.File("models", "bart-g2p", "model.safetensors");
        using var folder = new TemporaryFolder();

        ToolRun.Run("pack", weights, "--declaration", TestModels.GoldenDeclarations, "-o", folder.File("g2p.fw"))
            .FailedWith(2, "several models", "--type", "Formwork.Golden.Tests.GraphemeToPhoneme", "Formwork.Golden.Tests.Transliteration");
        ToolRun.Run("pack", weights, "--declaration", TestModels.GoldenDeclarations, "--type", "Phoneme", "-o", folder.File("g2p.fw")).FailedWith(2, "'Phoneme'", "GraphemeToPhoneme");
        Assert.Empty(folder.Names);
        ToolRun.Run("pack", weights, "--declaration", TestModels.GoldenDeclarations, "--type", "GraphemeToPhoneme", "-o", folder.File("g2p.fw")).Succeeded();

        JsonElement packed = ToolRun.Run("inspect", folder.File("g2p.fw"), "--json").Succeeded().Json();
        Assert.Equal("Formwork.Golden.Tests.GraphemeToPhoneme", packed.GetProperty("model").GetString());
    }

    [Fact]
    public void Another_models_checkpoint_is_refused_as_its_Load_refuses_it()
    {
        using var folder = new TemporaryFolder();
        string other = folder.Write("other.safetensors", new SafetensorsBytes().Add("model.shared.weight", "F32", [2, 1], 1f, 2f).ToBytes());
        string expected = Assert.Throws<WeightLoadException>(() => EnglishToFrench.Load(other)).Message;

        ToolRun.Run("pack", other, "--declaration", TestModels.SampleDeclaration, "-o", folder.File("model.fw")).FailedWith(1, expected).Silent();

        Assert.Equal(["other.safetensors"], folder.Names);
    }

    [Fact]
    public void A_model_is_declared_by_its_configuration_alone()
    {
        using var folder = new TemporaryFolder();
        string packed = folder.File("model.fw");

        ToolRun.Run("pack", TestModels.Sample, "--config", TestModels.SampleConfig, "--type", "Some.Model", "--source-length", "128", "--target-length", "128", "-o", packed).Succeeded();

        // The layout is the sample's, whatever its name, so the sample's declaration loads it.
        using EnglishToFrench model = EnglishToFrench.Load(packed, storage: WeightStorage.Copied);
        Assert.Equal("Some.Model", ToolRun.Run("inspect", packed, "--json").Succeeded().Json().GetProperty("model").GetString());
    }

    [Fact]
    public void What_is_in_a_packed_file_is_told_from_its_header()
    {
        using var folder = new TemporaryFolder();
        string packed = Packed(folder);
        byte[] bytes = File.ReadAllBytes(packed);

        JsonElement report = ToolRun.Run("inspect", packed, "--json").Succeeded().Json();

        Assert.Equal("packed", report.GetProperty("kind").GetString());
        Assert.Equal("Translate.Sentences.EnglishToFrench", report.GetProperty("model").GetString());
        Assert.Equal(bytes.Length, report.GetProperty("bytes").GetInt64());
        Assert.Equal(EnglishToFrench.WeightBytes, report.GetProperty("weightBytes").GetInt64());
        Assert.Equal(Convert.ToHexStringLower([.. bytes[48..64].Reverse()]), report.GetProperty("fingerprint").GetString());
        Assert.Equal(Convert.ToHexStringLower([.. bytes[20..24].Reverse()]), report.GetProperty("storedChecksum").GetString());
        Assert.Equal("right", report.GetProperty("checksum").GetString());
        string text = ToolRun.Run("inspect", packed).Succeeded().Output;
        Assert.Contains("Translate.Sentences.EnglishToFrench", text, StringComparison.Ordinal);
        Assert.Contains("which the weights have", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_weights_are_told_by_their_checksum()
    {
        using var folder = new TemporaryFolder();
        string packed = Packed(folder);
        byte[] bytes = File.ReadAllBytes(packed);
        bytes[^5] ^= 1;
        File.WriteAllBytes(packed, bytes);

        ToolResult result = ToolRun.Run("inspect", packed, "--json").FailedWith(1, "checksum");

        Assert.Equal("wrong", result.Json().GetProperty("checksum").GetString());
        Assert.Contains("the file is damaged", ToolRun.Run("inspect", packed).Output, StringComparison.Ordinal);
        bytes[50] ^= 1;
        File.WriteAllBytes(packed, bytes);
        ToolRun.Run("inspect", packed).FailedWith(1, "header does not have the checksum").Silent();
    }

    [Fact]
    public void A_pattern_for_tensors_means_nothing_in_packed_weights()
    {
        using var folder = new TemporaryFolder();

        ToolRun.Run("inspect", Packed(folder), "--tensor", "*").FailedWith(2, "--tensor", "safetensors").Silent();
    }

    private static string Packed(TemporaryFolder folder)
    {
        string path = folder.File("model.fw");
        using EnglishToFrench model = EnglishToFrench.Load(TestModels.Sample);
        model.Save(path);
        return path;
    }
}
