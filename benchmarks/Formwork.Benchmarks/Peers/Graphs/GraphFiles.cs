using System.Globalization;
using Formwork.Benchmarks.Peers.Onnx;
using Formwork.Benchmarks.Shapes;

namespace Formwork.Benchmarks.Peers.Graphs;

/// <summary>The graphs as files in the cache folder; those that are there already are used again.</summary>
internal static class GraphFiles
{
    // Part of the names, so that files of an older builder are not taken for this one's.
    private const int BuilderVersion = 1;

    /// <summary>Writes the three graphs of a shape where they are missing.</summary>
    /// <returns>What their paths begin with.</returns>
    /// <exception cref="UserErrorException">The folder cannot be written.</exception>
    public static string Ensure(string folder, Shape shape, Flavour flavour, bool quantised)
    {
        string stem = Path.Combine(folder, "graphs", Name(shape, flavour, quantised));
        GraphBuilder builder = new(shape, flavour, quantised);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(stem)!);
            Ensure(stem + "-encoder.onnx", builder.Encoder);
            Ensure(stem + "-cross.onnx", builder.CrossCache);
            Ensure(stem + "-step.onnx", builder.DecoderStep);
            return stem;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"the graphs cannot be written: {problem.Message}", problem);
        }
    }

    private static void Ensure(string path, Func<OnnxGraph> build)
    {
        if (File.Exists(path))
        {
            return;
        }

        // Half a file must never lie under the final name.
        string unfinished = path + ".unfinished";
        build().Save(unfinished);
        File.Move(unfinished, path, overwrite: true);
    }

    // Every size is in the name: a shape that is changed gets files of its own.
    private static string Name(Shape shape, Flavour flavour, bool quantised) => string.Create(
        CultureInfo.InvariantCulture,
        $"v{BuilderVersion}-{shape.EncoderLayers}+{shape.DecoderLayers}x{shape.ModelDim}-{shape.Heads}-{shape.FeedForwardDim}-{shape.VocabSize}-{shape.SourceTokens}-{shape.TargetTokens}-{shape.Activation}-{flavour}-{(quantised ? "int8" : "float32")}")
        .ToLowerInvariant();
}
