using System.Diagnostics;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Formwork.Generator.Benchmarks;

/// <summary>What an editor waits for after each edit of a file without a declaration.</summary>
internal static class UnrelatedEdits
{
    private const int WarmUp = 10;
    private const int Repetitions = 40;

    /// <summary>Measures edits.</summary>
    public static BuildReport[] Measure()
    {
        CSharpCompilation compilation = Subject.Compile();
        GeneratorDriver driver = Subject.Driver().RunGenerators(compilation);
        List<double> times = [];
        for (int edit = 1; edit <= WarmUp + Repetitions; edit++)
        {
            string text = Subject.Unrelated.Replace("=> 0", "=> " + edit.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
            compilation = compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[1], Subject.Parse(text));
            long started = Stopwatch.GetTimestamp();
            driver = driver.RunGenerators(compilation);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return [BuildReport.Of("edit of an unrelated file, 12 + 12 layers", times.Skip(WarmUp))];
    }
}
