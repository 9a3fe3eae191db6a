namespace Formwork.CodeFixes.Tests;

/// <summary>Declarations to be fixed.</summary>
internal static class Source
{
    /// <summary>The options of the smallest model.</summary>
    public const string Options = "ModelDim = 16, Heads = 2, EncoderLayers = 1, DecoderLayers = 1, FeedForwardDim = 32, VocabSize = 20, SourceLength = 8, TargetLength = 8";

    /// <summary>A complete attribute.</summary>
    public const string Attribute = $"[Transformer(Family.Vaswani, {Options})]";

    /// <summary>A file that declares a type with the complete attribute.</summary>
    public static string Declaring(string declaration) => $"using Formwork;\n\n{Attribute}\n{declaration}\n";

    /// <summary>A file that declares a type with other options.</summary>
    public static string With(string options) => $"using Formwork;\n\n[Transformer(Family.Vaswani, {options})]\npublic sealed partial class Tiny;\n";
}
