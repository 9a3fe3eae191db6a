using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using System.Text.Json.Nodes;
using Formwork.Generation;
using Formwork.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Formwork.Generator.Tests.Config;

/// <summary>Whatever a file says that the generator accepts, a search can be made of the default options: they never contradict each other or the declaration.</summary>
public class RandomGenerationConfigTests
{
    private const int Models = 60;

    private static readonly string[] Attributes = ["MaxBeams = 1", "MaxBeams = 2", "MaxBeams = 8", "MaxBeams = 4, TargetLength = 5", "Decoding = DecodingFeatures.Search"];

    [Fact]
    public void Every_search_can_be_made()
    {
        var random = new Random(23);
        var source = new System.Text.StringBuilder("using Formwork;\n");
        BuildInputs inputs = BuildInputs.None;
        string[] attributes = [.. Enumerable.Range(0, Models).Select(_ => Attributes[random.Next(Attributes.Length)])];
        for (int index = 0; index < Models; index++)
        {
            inputs = inputs
                .WithFile($"/models/m{index}/config.json", ConfigFiles.Of(random.Next(2) == 0 ? "marian" : "bart").ToJsonString())
                .WithFile($"/models/m{index}/generation_config.json", Draw(random).ToJsonString());
            source.Append(CultureInfo.InvariantCulture, $"[Transformer(\"m{index}/config.json\", {attributes[index]})] public sealed partial class M{index};\n");
        }

        CSharpCompilation compilation = GeneratorHarness.Compile(LanguageVersion.CSharp13, allowUnsafe: false, source.ToString());
        GeneratorRunResult run = GeneratorHarness.Run(compilation, out _, out _, inputs);

        // Only the defaults are compiled: nothing else depends on them.
        SyntaxTree[] defaults = [.. run.GeneratedSources.Where(static file => file.HintName.EndsWith(".Defaults.g.cs", StringComparison.Ordinal)).Select(static file => file.SyntaxTree)];
        Assert.InRange(defaults.Length, Models / 2, Models);
        using var stream = new MemoryStream();
        Assert.True(compilation.AddSyntaxTrees(defaults).Emit(stream).Success);
        stream.Position = 0;
        AssemblyLoadContext context = new("defaults", isCollectible: true);
        context.Resolving += static (_, name) => name.Name == typeof(TransformerAttribute).Assembly.GetName().Name ? typeof(TransformerAttribute).Assembly : null;
        Assembly assembly = context.LoadFromStream(stream);
        int beams = 0;
        for (int index = 0; index < Models; index++)
        {
            if (assembly.GetType($"M{index}")!.GetProperty("DefaultOptions")?.GetValue(null) is not GenerationOptions options)
            {
                continue;
            }

            bool isMarian = inputs.Files[2 * index].GetText().ToString().Contains("marian", StringComparison.Ordinal);
            int most = attributes[index].StartsWith("MaxBeams = ", StringComparison.Ordinal) ? attributes[index]["MaxBeams = ".Length] - '0' : 1;
            int room = attributes[index].Contains("TargetLength = 5", StringComparison.Ordinal) ? 5 : 8;
            DecodingShape shape = new("M", 20, 8, room, StartToken: 18, EndToken: 3, MaskedToken: isMarian ? 19 : -1, most, RecordsCrossAttention: false);
            Search search = attributes[index].StartsWith("Decoding", StringComparison.Ordinal) ? Search.CreateWithoutSampling(options, shape) : Search.Create(options, shape);
            beams += search.MaxRows;
        }

        Assert.True(beams > defaults.Length, "Some searches have beams.");
        context.Unload();
    }

    /// <summary>Fields at random, few of them out of bounds.</summary>
    private static JsonObject Draw(Random random)
    {
        var file = new JsonObject();
        Maybe("num_beams", () => random.Next(1, 7));
        Maybe("num_return_sequences", () => random.Next(1, 3));
        Maybe("do_sample", () => random.Next(3) == 0);
        Maybe("early_stopping", () => random.Next(3) switch { 0 => JsonValue.Create(true), 1 => JsonValue.Create(false), _ => JsonValue.Create("never") });
        Maybe("length_penalty", () => random.NextDouble() * 3);
        Maybe("max_length", () => random.Next(2, 14));
        Maybe("max_new_tokens", () => random.Next(1, 14));
        Maybe("min_length", () => random.Next(0, 14));
        Maybe("min_new_tokens", () => random.Next(0, 14));
        Maybe("temperature", () => 0.1 + random.NextDouble());
        Maybe("top_k", () => random.Next(0, 60));
        Maybe("top_p", () => 1 - random.NextDouble());
        Maybe("min_p", () => random.NextDouble());
        Maybe("repetition_penalty", () => 0.5 + random.NextDouble());
        Maybe("no_repeat_ngram_size", () => random.Next(0, 4));
        Maybe("suppress_tokens", () => Ids(random.Next(3)));
        Maybe("begin_suppress_tokens", () => Ids(random.Next(3)));
        Maybe("bad_words_ids", () => new JsonArray([.. Enumerable.Range(0, random.Next(3)).Select(_ => Ids(random.Next(1, 3)))]));
        Maybe("forced_bos_token_id", () => random.Next(20));
        Maybe("forced_eos_token_id", () => random.Next(2) == 0 ? JsonValue.Create(3) : Ids(random.Next(1, 3)));
        return file;

        void Maybe(string name, Func<JsonNode> value)
        {
            if (random.Next(3) == 0)
            {
                file[name] = value();
            }
        }

        JsonArray Ids(int count) => new([.. Enumerable.Range(0, count).Select(_ => JsonValue.Create(random.Next(20)))]);
    }
}
