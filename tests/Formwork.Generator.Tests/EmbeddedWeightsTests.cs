using Formwork.Generator.Tests.Harness;
using Formwork.Generator.Tests.Reference;
using Formwork.Weights;
using Microsoft.CodeAnalysis;

namespace Formwork.Generator.Tests;

/// <summary>A model whose weights are a resource of its own assembly, compiled and run.</summary>
public class EmbeddedWeightsTests
{
    private const string Resource = "weights \\ \"é\".fw";

    private const string Driver =
        """
        public static class Driver
        {
            public static int[] Bytes(byte[] weights, int[] source)
            {
                using var model = Model.Load(weights);
                return Run(model, source);
            }

            public static int[] Embedded(int[] source, Formwork.Weights.WeightStorage storage)
            {
                using Model once = Model.Load(), threaded = Model.Load(2), other = Model.Load(storage: storage);
                int[] target = Run(once, source);
                return System.Linq.Enumerable.SequenceEqual(target, Run(threaded, source)) && System.Linq.Enumerable.SequenceEqual(target, Run(other, source)) ? target : new int[0];
            }

            public static byte[] Pack(byte[] weights, string path)
            {
                using var model = Model.Load(weights);
                model.Save(path);
                return System.IO.File.ReadAllBytes(path);
            }

            private static int[] Run(Model model, int[] source)
            {
                int[] target = new int[Model.TargetLength];
                int length = model.Generate(source, target);
                return target[..length];
            }
        }
        """;

    private static readonly ModelShape Shape = ModelShape.Random(new Random(3));
    private static readonly byte[] Safetensors = new RandomWeights(Shape, new Random(4)).ToSafetensors();
    private static readonly int[] Source = [3, 4, 1];
    private static readonly string Code = "#pragma warning disable FW0104, FW0301, CS1591\nusing Formwork;\n"
        + Shape.Declare("Model").Replace(")]", ", EmbeddedWeights = " + Quoted(Resource) + ")]", StringComparison.Ordinal)
        + Driver;

    private delegate int[] FromBytes(byte[] weights, int[] source);

    private delegate int[] FromResource(int[] source, WeightStorage storage);

    private delegate byte[] Packing(byte[] weights, string path);

    [Theory]
    [InlineData(false, WeightStorage.Mapped)]
    [InlineData(false, WeightStorage.Copied)]
    [InlineData(true, WeightStorage.Mapped)]
    [InlineData(true, WeightStorage.Copied)]
    public void Embedded_weights_give_what_the_same_bytes_give(bool isPacked, WeightStorage storage)
    {
        byte[] weights = isPacked ? Packed() : Safetensors;
        using CompiledModels models = new(Code, resources: Embedded(Resource, weights));
        Assert.Equal(Resource, models.Constant("Model", "EmbeddedWeights"));
        int[] expected = models.Method<FromBytes>("Driver", "Bytes")(Safetensors, Source);
        Assert.NotEmpty(expected);
        Assert.Equal(expected, models.Method<FromResource>("Driver", "Embedded")(Source, storage));
    }

    [Fact]
    public void A_missing_resource_is_one_typed_error()
    {
        using CompiledModels models = new(Code, resources: Embedded("another", Safetensors));
        WeightLoadException error = Assert.Throws<WeightLoadException>(() => models.Method<FromResource>("Driver", "Embedded")(Source, WeightStorage.Mapped));
        Assert.Equal(WeightLoadError.ResourceNotFound, error.Code);
        Assert.Contains("'another'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_generated_where_nothing_is_embedded()
    {
        string files = string.Concat(GeneratorHarness.Generate(Declarations.Tiny).Values);
        Assert.DoesNotContain("EmbeddedWeights", files, StringComparison.Ordinal);
        Assert.DoesNotContain("WeightResource", files, StringComparison.Ordinal);
    }

    private static byte[] Packed()
    {
        string path = Path.GetTempFileName();
        try
        {
            using CompiledModels models = new(Code);
            return models.Method<Packing>("Driver", "Pack")(Safetensors, path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static ResourceDescription Embedded(string name, byte[] content) => new(name, () => new MemoryStream(content), isPublic: true);

    private static string Quoted(string text) => Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(text, quote: true);
}
