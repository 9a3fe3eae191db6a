using System.Text;
using Formwork.Weights;

namespace Formwork.Generator.Tests.Families;

/// <summary>Rows about weight files: where tied tables stand, what is passed over and what is refused.</summary>
public partial class FamilySheetTests
{
    public static TheoryData<string, string> TiedNames
    {
        get
        {
            var names = new TheoryData<string, string>();
            foreach (string family in FamilyCase.Families.Where(static family => family != "mt5"))
            {
                foreach (string name in family == "t5" ? ["shared.weight", "encoder.embed_tokens.weight", "decoder.embed_tokens.weight", Head] : new[] { Shared, "model.encoder.embed_tokens.weight", "model.decoder.embed_tokens.weight", Head })
                {
                    names.Add(family, name);
                }
            }

            return names;
        }
    }

    [Theory]
    [MemberData(nameof(TiedNames))]
    public void A_tied_table_may_stand_under_any_one_of_its_names(string family, string name)
    {
        FamilyCase item = First(family);
        using var models = new FamilyModels([item]);
        DrawnTensor[] tensors = models.Tensors(item);
        string first = family == "t5" ? "shared.weight" : Shared;
        Assert.Equal(models.Logits(item, tensors), models.Logits(item, Replace(tensors, first, tensor => tensor with { Name = name })));
    }

    [Theory]
    [InlineData("marian")]
    [InlineData("m2m_100")]
    public void Equal_copies_of_a_tied_table_are_accepted_and_unequal_ones_refused(string family)
    {
        FamilyCase item = First(family);
        using var models = new FamilyModels([item]);
        DrawnTensor[] tensors = models.Tensors(item);
        DrawnTensor table = tensors.Single(static tensor => tensor.Name == Shared);
        DrawnTensor[] all = [.. tensors, .. new[] { Head, "model.encoder.embed_tokens.weight", "model.decoder.embed_tokens.weight" }.Select(name => table with { Name = name })];
        Assert.Equal(models.Logits(item, tensors), models.Logits(item, all));
        string message = Refused(models, item, Replace(all, Head, static tensor => Changed(tensor, static values => values[^1] += 1e-3f)), WeightLoadError.TiedTensorsDiffer).Message;
        Assert.Contains(Head, message, StringComparison.Ordinal);
        Assert.Contains(Shared, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("marian", "no-such-name")]
    [InlineData("marian", "model.encoder.embed_positions.weights")]
    [InlineData("bart", "model.encoder.layers.2.fc1.weight")]
    [InlineData("t5", "encoder.block.1.layer.0.SelfAttention.relative_attention_bias.weight")]
    public void Tensors_that_are_not_the_models_are_listed(string family, string name)
    {
        FamilyCase item = First(family);
        using var models = new FamilyModels([item]);
        string message = Refused(models, item, [.. models.Tensors(item), new(name, [1], [0]), new("another", [1], [0])], WeightLoadError.TensorUnexpected).Message;
        Assert.Contains(name, message, StringComparison.Ordinal);
        Assert.Contains("another", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bart_passes_over_the_number_of_fairseqs_version()
    {
        FamilyCase item = First("bart");
        using var models = new FamilyModels([item]);
        DrawnTensor[] tensors = models.Tensors(item);
        Assert.Equal(models.Logits(item, tensors), models.Logits(item, [.. tensors, new("model.encoder.version", [1], [3]), new("model.decoder.version", [1], [3])]));
    }

    /// <summary>T5's tables have 32,128 rows for 32,100 tokens and NLLB's 256,206 for 256,204: rows are counted by the configuration alone, and those behind the tokeniser's last id are rows like any other.</summary>
    [Theory]
    [InlineData("t5", "shared.weight")]
    [InlineData("m2m_100", Shared)]
    [InlineData("marian", Shared)]
    public void Rows_behind_the_tokenisers_last_id_are_part_of_the_model(string family, string table)
    {
        FamilyCase item = First(family);
        using var models = new FamilyModels([item]);
        DrawnTensor[] tensors = models.Tensors(item);

        // Trained models never choose them, since their rows are small; nothing but the weights sees to it.
        float[][] logits = models.Logits(item, tensors);
        DrawnTensor[] small = Replace(tensors, table, static tensor => Changed(tensor, static values => values.AsSpan(34 * 24, 24).Clear()));
        float[][] padded = models.Logits(item, small);
        float bias = tensors.FirstOrDefault(static tensor => tensor.Name == Bias)?.Values[34] ?? 0;
        Assert.All(padded, row => Assert.Equal(bias, row[34], 1e-6f));
        if (!item.Source.Contains(34) && !item.Ids.Take(4).Contains(34))
        {
            Assert.Equal(logits.Select(static row => row[..34]), padded.Select(static row => row[..34]));
        }

        // More rows than the configuration says, or fewer, are another checkpoint's: the error has both numbers.
        foreach (int rows in new[] { 36, 38, 64 })
        {
            DrawnTensor[] other = Replace(tensors, table, tensor => new(table, [rows, 24], new float[rows * 24]));
            string message = Refused(models, item, other, WeightLoadError.ShapeMismatch).Message;
            Assert.Contains($"[{rows}, 24]", message, StringComparison.Ordinal);
            Assert.Contains("[37, 24]", message, StringComparison.Ordinal);
            Assert.Contains("config.json", message, StringComparison.Ordinal);
        }
    }

    /// <summary>The published sizes, where a tokeniser has 28 and 2 ids fewer than the table has rows: every id of a row may be forced, suppressed and scored.</summary>
    [Theory]
    [InlineData("t5", 32128, 32127)]
    [InlineData("m2m_100", 256206, 256205)]
    public void Ids_of_padded_rows_may_be_named(string family, int rows, int last)
    {
        Assert.Equal(rows, Spec(family, $$"""{"vocab_size":{{rows}},"eos_token_id":1}""").TargetVocabSize);
        Assert.Contains(Spec(family, $$"""{"vocab_size":{{rows}},"eos_token_id":1,"suppress_tokens":[{{last}}]}""").Defaults!.Options, option => option.Value == $"[{last}]");
    }

    [Fact]
    public void A_checkpoint_in_shards_is_the_same_model()
    {
        FamilyCase item = First("m2m_100");
        using var models = new FamilyModels([item]);
        DrawnTensor[] tensors = models.Tensors(item);
        using var folder = new ShardFolder();
        folder.Write(tensors);
        Assert.Equal(models.Logits(item, tensors)[0], models.Logits(item, folder.Index));
    }

    [Theory]
    [InlineData("../elsewhere.safetensors")]
    [InlineData("/elsewhere.safetensors")]
    [InlineData("sub/elsewhere.safetensors")]
    public void A_shard_elsewhere_is_refused(string name)
    {
        FamilyCase item = First("m2m_100");
        using var models = new FamilyModels([item]);
        using var folder = new ShardFolder();
        File.WriteAllText(folder.Index, $$"""{"weight_map":{"{{Shared}}":"{{name}}"} }""");
        WeightLoadException refused = Assert.Throws<WeightLoadException>(() => models.Logits(item, folder.Index));
        Assert.Equal(WeightLoadError.ShardOutside, refused.Code);
        Assert.Contains(name, refused.Message, StringComparison.Ordinal);
    }

    /// <summary>A folder of a checkpoint in two shards.</summary>
    private sealed class ShardFolder : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("formwork-sheet-");

        public string Index => Path.Combine(_folder.FullName, "model.safetensors.index.json");

        public void Write(DrawnTensor[] tensors)
        {
            var map = new StringBuilder();
            foreach ((DrawnTensor[] shard, int index) in new[] { tensors[..(tensors.Length / 2)], tensors[(tensors.Length / 2)..] }.Select(static (shard, index) => (shard, index)))
            {
                string name = $"model-0000{index + 1}-of-00002.safetensors";
                File.WriteAllBytes(Path.Combine(_folder.FullName, name), DrawnWeights.Safetensors(shard));
                map.Append(string.Concat(shard.Select(tensor => $"\"{tensor.Name}\":\"{name}\",")));
            }

            File.WriteAllText(Index, $"{{\"weight_map\":{{{map.ToString().TrimEnd(',')}}}}}");
        }

        public void Dispose() => _folder.Delete(recursive: true);
    }
}
