using Formwork.Generator.Tests.Harness;

namespace Formwork.Generator.Tests;

/// <summary>Wherever a model may be declared, its generated code compiles without a warning.</summary>
public class PlacementTests
{
    private const string Attribute =
        "[global::Formwork.Transformer(global::Formwork.Family.Vaswani, ModelDim = 16, Heads = 2, EncoderLayers = 1, DecoderLayers = 1, FeedForwardDim = 32, VocabSize = 20, SourceLength = 8, TargetLength = 8)] ";

    [Theory]
    [InlineData("@ public partial class Global;")]
    [InlineData("namespace A.B; @ internal sealed partial class Inner;")]
    [InlineData("@ public partial class @required; namespace @file { @ public partial class @var; @ public partial class @extension; }")]
    [InlineData("@ public partial class MASKED; @ public partial class LOADING; @ public partial class NAMED;")]
    [InlineData("namespace @class.@event { @ public partial class @params; }")]
    [InlineData("public partial class Outer { internal partial struct Middle { @ private partial class Inner; } }")]
    [InlineData("public partial record Outer(int X) { @ protected partial class Inner; }")]
    [InlineData("public partial interface IOuter { @ public partial class Inner; }")]
    [InlineData("namespace A; @ public partial class First; namespace B { @ public partial class First; }")]
    [InlineData("@ public partial class Split; public partial class Split { public int Extra => ModelDim; }")]
    [InlineData("namespace System.Linear; @ public partial class Model; public class Formwork; public class Span; public class GC;")]
    [InlineData("namespace N; public class kernels_; public class Linear; public class Attention; public class Residual; @ public partial class Model;")]
    [InlineData("namespace N; public class Kernels; public class Formwork; namespace weights { } namespace kernels { } @ public partial class Model;")]
    public void A_declaration_compiles(string source)
    {
        // A namespace inside a file-scoped one is not C#: such cases use blocks.
        string text = source.StartsWith("namespace A; @", StringComparison.Ordinal) || source.Contains("namespace kernels", StringComparison.Ordinal)
            ? source.Replace("namespace A;", "namespace A { ", StringComparison.Ordinal).Replace("namespace N;", "namespace N { ", StringComparison.Ordinal) + " }"
            : source;
        text = text.Replace("@ ", Attribute, StringComparison.Ordinal);
        using CompiledModels models = new("#pragma warning disable CS8981\n" + text);
        using CompiledModels withUnsafe = new("#pragma warning disable CS8981\n" + text, allowUnsafe: true);
    }

    [Fact]
    public void Options_that_only_mean_something_together_compile()
    {
        string[] options =
        [
            "StackOnly = true", "RecordCrossAttention = true", "CrossAttention = false", "StackBudget = 0", "StackBudget = 0, RecordCrossAttention = true",
            "EncoderHeads = 4, DecoderHeads = 1", "EncoderHeads = 4, DecoderHeads = 1, RecordCrossAttention = true", "HeadDim = 8", "SourceLength = 1, TargetLength = 1",
            "VocabSize = 2", "EncoderFeedForwardDim = 8", "NormEpsilon = 1.2345678e-7f", "Norm = NormPlacement.Before, StackOnly = true",
            "ShareEmbeddings = false, TieOutput = false, OutputBias = true", "AttentionBias = true", "AttentionBias = true, KeyBias = false",
            "Decoding = DecodingFeatures.None", "Decoding = DecodingFeatures.None, MaxBatch = 2", "Decoding = DecodingFeatures.Scoring", "Decoding = DecodingFeatures.Search", "Decoding = DecodingFeatures.Streaming",
            "Decoding = DecodingFeatures.Search | DecodingFeatures.Alternatives, MaxBeams = 2", "Decoding = DecodingFeatures.Scoring, MaxBatch = 2, RecordCrossAttention = true",
            "Decoding = DecodingFeatures.Streaming, MaxBatch = 3", "MaxBeams = 4, RecordCrossAttention = true", "MaxBeams = 3, MaxBatch = 2", "MaxBeams = 64, CrossAttention = false", "MaxBeams = 2, StackOnly = true", "MaxBeams = 2, StackBudget = 0",
        ];
        foreach (string option in options)
        {
            using CompiledModels models = new("#pragma warning disable FW0301, FW0104\n" + Declarations.TinyWith(option));
        }
    }
}
