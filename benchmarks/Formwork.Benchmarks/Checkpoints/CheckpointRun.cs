using System.Diagnostics;
using Formwork.Benchmarks.Measuring;
using Formwork.Kernels;

namespace Formwork.Benchmarks.Checkpoints;

/// <summary>What is measured of a checkpoint, and how long.</summary>
/// <param name="Threads">Threads that one call works with.</param>
/// <param name="SourceTokens">Tokens of the source.</param>
/// <param name="TargetTokens">Tokens to decode; a random model may end sooner.</param>
/// <param name="Seconds">Seconds to measure.</param>
internal sealed record CheckpointRun(int Threads, int SourceTokens, int TargetTokens, double Seconds)
{
    // Ids that mark nothing in any of the vocabularies, a different row of the table for each.
    private const int FirstId = 3;
    private const int IdStep = 37;
    private const int IdSpan = 20_000;

    /// <summary>Loads a model and measures it.</summary>
    /// <param name="model">The model.</param>
    /// <param name="folder">Its files.</param>
    /// <param name="isPacked">Whether to load the packed file.</param>
    /// <param name="saves">Whether to write the packed file afterwards.</param>
    public CheckpointReport Measure(CheckpointModel model, CheckpointFolder folder, bool isPacked, bool saves)
    {
        string file = isPacked ? folder.Packed(model.Weights) : folder.Weights;
        long before = PeakBytes();
        long started = Stopwatch.GetTimestamp();
        using LoadedCheckpoint checkpoint = model.Load(file, Threads);
        double load = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        long loadPeak = PeakBytes() - before;

        int[] source = [.. Enumerable.Range(0, SourceTokens).Select(static index => FirstId + (index * IdStep % IdSpan))];
        int[] target = new int[TargetTokens];
        int decoded = checkpoint.Generate(source, target);
        Passes passes = new();
        passes.Run(TimeSpan.FromSeconds(Seconds), () => checkpoint.Encode(source), () => checkpoint.Generate(source, target));
        double? difference = CheckpointReference.Read(folder.Path)?.Difference(checkpoint);
        long peak = PeakBytes() - before;
        if (saves)
        {
            checkpoint.Save(folder.Packed(model.Weights));
        }

        Spread encoder = Spread.Of(passes.Encoders);
        Spread token = Spread.OfTokens(Spread.Of(passes.Sentences), encoder, decoded);
        return new(
            model.Name, model.Weights, Path.GetFileName(file), Threads, model.WeightBytes, model.StateBytes, Math.Round(load, 1), loadPeak, peak,
            SourceTokens, decoded, encoder, token, Math.Round(1000 / token.Min, 1), difference, Simd.Path.ToString(), passes.Sentences.Count);
    }

    private static long PeakBytes()
    {
        using Process process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }
}
