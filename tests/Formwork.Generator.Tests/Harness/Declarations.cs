namespace Formwork.Generator.Tests.Harness;

/// <summary>Declarations that several tests share.</summary>
internal static class Declarations
{
    /// <summary>The smallest model of the original paper's conventions.</summary>
    public const string Tiny =
        """
        using Formwork;

        namespace Samples;

        [Transformer(Family.Vaswani, ModelDim = 16, Heads = 2, EncoderLayers = 1, DecoderLayers = 1, FeedForwardDim = 32,
            VocabSize = 20, SourceLength = 8, TargetLength = 8)]
        public sealed partial class Tiny;
        """;

    /// <summary>The published BART grapheme-to-phoneme model.</summary>
    public const string Bart =
        """
        using Formwork;

        namespace Samples;

        [Transformer(Family.Bart, ModelDim = 128, Heads = 1, EncoderLayers = 1, DecoderLayers = 1, FeedForwardDim = 1024,
            VocabSize = 63, SourceLength = 64, TargetLength = 64, MaxPositions = 64, StartToken = 1, EndToken = 2, PadToken = 0)]
        public sealed partial class GraphemeToPhoneme;
        """;

    /// <summary>The shape of the Translate sample, with two layers a stack.</summary>
    public const string Marian =
        """
        using Formwork;

        namespace Samples;

        [Transformer(Family.Marian, ModelDim = 128, Heads = 4, EncoderLayers = 2, DecoderLayers = 2, FeedForwardDim = 256,
            VocabSize = 8000, SourceLength = 128, TargetLength = 128, Activation = ActivationFunction.Relu, RecordCrossAttention = true)]
        public sealed partial class EnglishToFrench;
        """;

    /// <summary>The published Arabic–Latin transliteration model.</summary>
    public const string OpenNmt =
        """
        using Formwork;

        namespace Samples;

        #pragma warning disable FW0104 // the model was trained with heads of width 4
        [Transformer(Family.OpenNmt, ModelDim = 32, Heads = 8, EncoderLayers = 6, DecoderLayers = 6, FeedForwardDim = 128,
            SourceVocabSize = 51, TargetVocabSize = 43, SourceLength = 32, TargetLength = 32)]
        public sealed partial class Transliteration;
        """;

    /// <summary>Three layers of four heads, of which the weights of few are kept; in a batch too.</summary>
    public const string Recording =
        """
        using Formwork;

        namespace Samples;

        [Transformer(Family.Vaswani, ModelDim = 32, Heads = 4, EncoderLayers = 1, DecoderLayers = 3, FeedForwardDim = 32,
            VocabSize = 20, SourceLength = 8, TargetLength = 8, MaxBatch = 2,
            RecordCrossAttention = true, RecordLayers = [2, 1], RecordHeads = [3])]
        public sealed partial class Recording;
        """;

    /// <summary>T5 1.1: relative positions, RMS norms, a gate, heads as wide as they like.</summary>
    public const string T5 = """
        using Formwork;
        namespace Samples;
        [Transformer(Family.T5, ModelDim = 32, Heads = 3, HeadDim = 16, EncoderLayers = 1, DecoderLayers = 1, FeedForwardDim = 40,
            Activation = ActivationFunction.GeluTanh, GatedFeedForward = true, TieOutput = false, ScaleOutput = false,
            VocabSize = 50, SourceLength = 24, TargetLength = 16, MaxBeams = 2)]
        public sealed partial class Summarizer;
        """;

    /// <summary>A Marian declaration with a number of layers in both stacks, for size tests.</summary>
    public static string WithLayers(int layers, string options = "") =>
        $$"""
        using Formwork;

        [Transformer(Family.Marian, ModelDim = 512, Heads = 8, EncoderLayers = {{layers}}, DecoderLayers = {{layers}}, FeedForwardDim = 2048,
            VocabSize = 59514, SourceLength = 128, TargetLength = 128{{(options.Length > 0 ? ", " + options : options)}})]
        public sealed partial class Translator;
        """;

    /// <summary>The tiny model with options replaced or added, written as the user would.</summary>
    public static string TinyWith(string options, string family = "Vaswani", string declaration = "public sealed partial class Tiny;") =>
        $$"""
        using Formwork;

        namespace Samples;

        [Transformer(Family.{{family}}, {{Merge("ModelDim = 16, Heads = 2, EncoderLayers = 1, DecoderLayers = 1, FeedForwardDim = 32, VocabSize = 20, SourceLength = 8, TargetLength = 8", options)}})]
        {{declaration}}
        """;

    private static string Merge(string defaults, string options)
    {
        Dictionary<string, string> merged = [];
        foreach (string option in (defaults + ", " + options).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string[] parts = option.Split('=', 2, StringSplitOptions.TrimEntries);
            merged[parts[0]] = parts[1];
        }

        // "Name = none" leaves an option out.
        return string.Join(", ", merged.Where(static pair => pair.Value != "none").Select(static pair => $"{pair.Key} = {pair.Value}"));
    }
}
