using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Formwork.Benchmarks.Measuring;
using Formwork.Benchmarks.Peers.Graphs;
using Formwork.Benchmarks.Shapes;

namespace Formwork.Benchmarks.Peers;

/// <summary>ONNX Runtime being measured, in a Node.js process that works when it is told to and otherwise waits.</summary>
internal sealed class OnnxRuntimeContender : IContender
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private readonly Process _node;

    /// <summary>Starts the process and loads the graphs.</summary>
    /// <exception cref="UserErrorException">Node.js is not there, or the engine failed.</exception>
    public OnnxRuntimeContender(string folder, Shape shape, Flavour flavour, bool quantised, int threads)
    {
        Flavour = flavour;
        string settings = JsonSerializer.Serialize(
            new
            {
                Folder = Path.GetFullPath(folder),
                Graphs = GraphFiles.Ensure(folder, shape, flavour, quantised),
                Layers = shape.DecoderLayers,
                shape.Heads,
                shape.HeadDim,
                Vocab = shape.VocabSize,
                Source = shape.Source(),
                Steps = shape.TargetTokens,
                threads,
                Passes.EncoderShare,
            },
            Json);
        _node = Start(settings);
        try
        {
            if (!Read<Health>().Healthy)
            {
                throw new UserErrorException($"ONNX Runtime's outputs for shape {shape.Name} are not finite, or all zero");
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>How the graphs write attention down.</summary>
    public Flavour Flavour { get; }

    /// <inheritdoc/>
    public Passes Passes { get; } = new();

    /// <inheritdoc/>
    public void Run(TimeSpan slice)
    {
        Order(string.Create(CultureInfo.InvariantCulture, $"run {slice.TotalSeconds}"));
        Times times = Read<Times>();
        Passes.Encoders.AddRange(times.Encoders);
        Passes.Sentences.AddRange(times.Sentences);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // At the end of its input the script ends by itself; it is not worth waiting for long.
        try
        {
            _node.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended already.
        }

        if (!_node.WaitForExit(TimeSpan.FromSeconds(5)))
        {
            _node.Kill();
        }

        _node.Dispose();
    }

    private static Process Start(string settings)
    {
        string script = Path.Combine(AppContext.BaseDirectory, "Peers", "onnxruntime.mjs");
        ProcessStartInfo start = new("node", [script, settings]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception problem)
        {
            throw new UserErrorException("node was not found: the peers need Node.js and npm", problem);
        }
    }

    private void Order(string line)
    {
        try
        {
            _node.StandardInput.WriteLine(line);
            _node.StandardInput.Flush();
        }
        catch (IOException)
        {
            // The process has ended; reading its answer says why.
        }
    }

    private T Read<T>()
    {
        string line = _node.StandardOutput.ReadLine() ?? throw new UserErrorException("the Node.js process that runs ONNX Runtime ended early");
        return JsonSerializer.Deserialize<Failure>(line, Json)?.Error is { } error
            ? throw new UserErrorException($"ONNX Runtime failed: {error}")
            : JsonSerializer.Deserialize<T>(line, Json)!;
    }

    private sealed record Failure(string? Error);

    private sealed record Health(bool Healthy);

    private sealed record Times(double[] Encoders, double[] Sentences);
}
