using System.Text.Json;

namespace Formwork.Golden.Tests;

/// <summary>A model that is declared by its <c>config.json</c> alone computes what the reference does.</summary>
public class ConfigurationTests
{
    [Fact]
    public void Its_ids_and_log_probabilities_are_the_references()
    {
        using ConfiguredEnglishToFrench model = ConfiguredEnglishToFrench.Load(Path.Combine(RepositoryFolder.Get("samples", "Translate", "model"), "model.safetensors"));
        int[] target = new int[ConfiguredEnglishToFrench.TargetLength];
        foreach (JsonElement sentence in Golden.Read("translate").GetProperty("sentences").EnumerateArray())
        {
            int[] source = sentence.Ids("source");
            int[] ids = sentence.Ids("ids");
            Assert.Equal(ids, target.AsSpan(0, model.Generate(source, target)).ToArray());
            Assert.Equal(sentence.GetProperty("logProb").GetDouble(), model.Score(source, ids).Sum(), 1e-3);
        }
    }
}
