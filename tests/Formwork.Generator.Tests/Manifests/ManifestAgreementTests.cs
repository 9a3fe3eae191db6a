using Formwork.Generator.Lowering;
using Formwork.Generator.Manifests;
using Formwork.Generator.Model;
using Formwork.Generator.Tests.Harness;
using Formwork.Weights;
using Microsoft.CodeAnalysis;

namespace Formwork.Generator.Tests.Manifests;

/// <summary>The comparison at compile time says what loading says: a weight file is changed in one tensor, and both look at it.</summary>
public class ManifestAgreementTests
{
    private const string Loading =
        """

        public static class Loading
        {
            public static string Try(byte[] file)
            {
                try
                {
                    using var model = MODEL.Load(file);
                    return "";
                }
                catch (Formwork.Weights.WeightLoadException refused)
                {
                    return refused.Code.ToString();
                }
            }
        }
        """;

    public static TheoryData<string, string, int> Models => new()
    {
        { Declarations.Tiny, "Tiny", 500 },
        { Declarations.TinyWith("", family: "Marian"), "Tiny", 500 },
        { Declarations.TinyWith("MaxPositions = 8", family: "Bart"), "Tiny", 500 },
        { Declarations.TinyWith("", family: "OpenNmt"), "Tiny", 500 },
        { Declarations.TinyWith("TieOutput = false, ShareEmbeddings = false, CrossAttention = false, PositionOffset = 2"), "Tiny", 300 },
        { Declarations.TinyWith("Weights = WeightType.Int4, OutputBias = true, MaxBatch = 2", family: "Marian"), "Tiny", 500 },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void A_manifest_is_refused_where_its_file_is_and_for_the_same_reason(string source, string model, int fewest)
    {
        WeightPlan weights = Weights(source);
        using CompiledModels models = new(source + Loading.Replace("MODEL", model, StringComparison.Ordinal));
        Func<byte[], string> load = models.Method<Func<byte[], string>>("Samples.Loading", "Try");
        StoredTensor[] right = TensorFile.For(weights);
        Assert.Empty(ManifestMatch.Check("file", model, weights, TensorFile.Manifest(right)));
        Assert.Empty(load(TensorFile.Safetensors(right)));
        (_, StoredTensor[] rightBase) = OfBaseModel(("", right));
        Assert.Empty(ManifestMatch.Check("file", model, weights, TensorFile.Manifest(rightBase)));
        Assert.Empty(load(TensorFile.Safetensors(rightBase)));

        int refused = 0;
        int accepted = 0;
        List<string> differences = [];
        IEnumerable<(string What, StoredTensor[] Tensors)> mutations = Mutations.Of(right, weights);
        foreach ((string what, StoredTensor[] tensors) in mutations.Concat(mutations.Select(OfBaseModel)).DistinctBy(static mutation => TensorFile.Manifest(mutation.Tensors)))
        {
            // No file holds two tensors of one name; a manifest with two has a fault of its own.
            if (tensors.DistinctBy(static tensor => tensor.Name).Count() != tensors.Length)
            {
                continue;
            }

            string reason = load(TensorFile.Safetensors(tensors));
            string[] ids = [.. ManifestMatch.Check("file", model, weights, TensorFile.Manifest(tensors)).Select(static finding => finding.Id)];
            if (ids.Length == 0 != (reason.Length == 0) || (reason.Length > 0 && !ids.Contains(Id(reason))))
            {
                differences.Add($"{what}: loading says '{reason}', the comparison {string.Join(", ", ids)}");
            }

            _ = reason.Length == 0 ? accepted++ : refused++;
        }

        Assert.True(differences.Count == 0, string.Join("\n", differences.Take(20)));
        Assert.InRange(refused, fewest, 10_000);
        Assert.InRange(accepted, 100, 10_000);
    }

    /// <summary>The same tensors as Hugging Face's base class names them.</summary>
    private static (string What, StoredTensor[] Tensors) OfBaseModel((string What, StoredTensor[] Tensors) mutation) =>
        ($"{mutation.What} in a base model's file", [.. mutation.Tensors.Select(static tensor => tensor with { Name = BaseModelNames.Of(tensor.Name) })]);

    [Fact]
    public void The_samples_own_file_fits_and_a_changed_line_of_its_manifest_does_not()
    {
        string source = Declarations.Marian.Replace("EncoderLayers = 2, DecoderLayers = 2", "EncoderLayers = 4, DecoderLayers = 4", StringComparison.Ordinal);
        WeightPlan weights = Weights(source);
        string[] lines = [.. SampleManifest()];
        string Text(IEnumerable<string> changed) => "# formwork weight manifest 1\n" + string.Join('\n', changed);
        Assert.Empty(ManifestMatch.Check("model.manifest", "EnglishToFrench", weights, Text(lines)));
        Assert.InRange(lines.Length, 150, 300);
        foreach (string line in lines)
        {
            string[] words = line.Split(' ');
            if (words[3] == "final_logits_bias")
            {
                // Files of the family may lack it, and then it is zero.
                Assert.Empty(ManifestMatch.Check("model.manifest", "EnglishToFrench", weights, Text(lines.Where(other => other != line))));
            }
            else
            {
                Expect("FW0203", lines.Where(other => other != line));
            }

            Expect("FW0205", [.. lines, line + ".x"]);
            Expect("FW0204", lines.Select(other => other == line ? $"{words[0]} {words[1]}x2 {words[2]} {words[3]}" : other));
            Expect("FW0206", lines.Select(other => other == line ? "I8" + line[words[0].Length..] : other));
            Expect("FW0202", lines.Select(other => other == line ? line.Replace(' ', '\t') : other));
        }

        void Expect(string id, IEnumerable<string> changed)
        {
            ManifestFinding finding = Assert.Single(ManifestMatch.Check("model.manifest", "EnglishToFrench", weights, Text(changed)));
            Assert.Equal(id, finding.Id);
        }
    }

    /// <summary>What lowering asks of a weight file.</summary>
    internal static WeightPlan Weights(string source)
    {
        GeneratorRunResult run = GeneratorHarness.Run(GeneratorHarness.Compile(source), out _, out _);
        var spec = (TransformerSpec)run.TrackedSteps[TrackingNames.Spec].Single().Outputs.Single().Value;
        return new WeightLowering(spec, new ModelSizes(spec)).Lower();
    }

    /// <summary>The lines of the Translate sample's weight file.</summary>
    internal static IEnumerable<string> SampleManifest()
    {
        using SafetensorsFile file = SafetensorsFile.Open(Path.Combine(Formwork.Tests.RepositoryFolder.Get("samples", "Translate", "model"), "model.safetensors"));
        foreach (SafetensorsTensor tensor in file.Tensors)
        {
            byte[] bytes = new byte[tensor.ByteLength];
            tensor.CopyTo(0, bytes);
            string shape = tensor.Shape.Length == 0 ? "scalar" : string.Join('x', tensor.Shape.ToArray());
            yield return $"{tensor.DType.ToString().ToUpperInvariant()} {shape} sha256:{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes))} {tensor.Name}";
        }
    }

    private static string Id(string code) => code switch
    {
        nameof(WeightLoadError.TensorMissing) => "FW0203",
        nameof(WeightLoadError.ShapeMismatch) or nameof(WeightLoadError.ShapeTransposed) => "FW0204",
        nameof(WeightLoadError.TensorUnexpected) => "FW0205",
        nameof(WeightLoadError.UnsupportedDType) => "FW0206",
        nameof(WeightLoadError.TiedTensorsDiffer) => "FW0207",
        _ => code,
    };
}
