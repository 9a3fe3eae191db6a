using Formwork.Generator.Tests.Harness;

namespace Formwork.Generator.Tests;

/// <summary>Which declarations implement the interface that text in, text out drives, and that code written once for all models runs on them.</summary>
public class PipelineTests
{
    private const string Driver =
        """
        internal static class Driver
        {
            public static int MaxBatch() => Of<Samples.Tiny>().Batch;

            public static int Vocabulary() => Of<Samples.Tiny>().Vocabulary;

            internal static (int Batch, int Vocabulary) Of<TModel>()
                where TModel : Formwork.IEncoderDecoder<TModel> => (TModel.MaxBatch, TModel.SourceVocabulary + TModel.PadToken + TModel.Shape.TargetLength + TModel.DefaultOptions.Beams);
        }
        """;

    [Theory]
    [InlineData("", 1)]
    [InlineData("MaxBatch = 3", 3)]
    [InlineData("MaxBeams = 4", 1)]
    [InlineData("MaxBeams = 2, MaxBatch = 2", 2)]
    [InlineData("Decoding = DecodingFeatures.Search", 1)]
    [InlineData("Decoding = DecodingFeatures.Search, MaxBatch = 2", 2)]
    [InlineData("StackOnly = true, MaxBeams = 2", 1)]
    public void Every_declaration_with_searches_implements_it(string options, int maxBatch)
    {
        string declaration = options.Length == 0 ? Declarations.Tiny : Declarations.TinyWith(options);
        using CompiledModels models = new(declaration.Replace("namespace Samples;", "namespace Samples\n{", StringComparison.Ordinal) + "}\n" + Driver);
        Assert.Equal(maxBatch, models.Method<Func<int>>("Driver", "MaxBatch")());
        Assert.Equal(20 + 0 + 8 + 1, models.Method<Func<int>>("Driver", "Vocabulary")());
    }

    [Theory]
    [InlineData("Decoding = DecodingFeatures.None")]
    [InlineData("Decoding = DecodingFeatures.Scoring | DecodingFeatures.Streaming, MaxBatch = 2")]
    public void One_without_searches_does_not(string options)
    {
        using CompiledModels models = new(Declarations.TinyWith(options));
        Assert.DoesNotContain(models.Type("Samples.Tiny").GetInterfaces(), static implemented => implemented.Name.StartsWith("IEncoderDecoder", StringComparison.Ordinal));
    }

    /// <summary>Names of the user's that could stand before those in generated code: keywords, nested and private classes, one called like the interface's namespace.</summary>
    [Fact]
    public void Whatever_the_class_is_called_and_wherever_it_stands()
    {
        string attribute = Declarations.Tiny[Declarations.Tiny.IndexOf('[', StringComparison.Ordinal)..(Declarations.Tiny.IndexOf(']', StringComparison.Ordinal) + 1)];
        using CompiledModels models = new($$"""
            using Formwork;

            {{attribute}}
            public sealed partial class @class;

            {{attribute}}
            internal sealed partial class IEncoderDecoder;

            public partial struct Outer
            {
                {{attribute}}
                private sealed partial class Pipeline;

                internal static int MaxBatch => Driver.Of<Pipeline>().Batch + Driver.Of<@class>().Batch + Driver.Of<IEncoderDecoder>().Batch;
            }

            internal static class Driver
            {
                public static int All() => Outer.MaxBatch;

                internal static (int Batch, int Vocabulary) Of<TModel>()
                    where TModel : Formwork.IEncoderDecoder<TModel> => (TModel.MaxBatch, TModel.SourceVocabulary);
            }
            """);
        Assert.Equal(3, models.Method<Func<int>>("Driver", "All")());
    }
}
