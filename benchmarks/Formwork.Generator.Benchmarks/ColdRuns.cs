using System.Diagnostics;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Formwork.Generator.Benchmarks;

/// <summary>The first run of the generator in a process, whose code nothing has compiled yet: each in a process of its own.</summary>
internal static class ColdRuns
{
    /// <summary>The argument that makes the program run once.</summary>
    public const string Argument = "cold";

    private const int Repetitions = 9;

    /// <summary>Measures first runs.</summary>
    public static BuildReport[] Measure() => [BuildReport.Of("first run, 12 + 12 layers", Enumerable.Range(0, Repetitions).Select(static _ => Child()))];

    /// <summary>Runs once; returns milliseconds.</summary>
    /// <exception cref="InvalidOperationException">Nothing was generated.</exception>
    public static string Once()
    {
        // The compiler has read the sources before it asks a generator, so that is not the generator's time.
        CSharpCompilation compilation = Subject.Compile();
        compilation.GetDiagnostics();
        GeneratorDriver driver = Subject.Driver();
        long started = Stopwatch.GetTimestamp();
        driver = driver.RunGenerators(compilation);
        TimeSpan time = Stopwatch.GetElapsedTime(started);
        return driver.GetRunResult().GeneratedTrees.Length > 0
            ? time.TotalMilliseconds.ToString(CultureInfo.InvariantCulture)
            : throw new InvalidOperationException("Nothing was generated.");
    }

    private static double Child()
    {
        using Process child = Process.Start(new ProcessStartInfo("dotnet", [typeof(ColdRuns).Assembly.Location, Argument]) { RedirectStandardOutput = true })!;
        string text = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return child.ExitCode == 0
            ? double.Parse(text, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"A first run ended with exit code {child.ExitCode}.");
    }
}
