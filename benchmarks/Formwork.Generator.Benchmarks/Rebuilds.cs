using System.Diagnostics;

namespace Formwork.Generator.Benchmarks;

/// <summary>
/// <c>dotnet build</c> from nothing of a project of one line, with the Translate sample's declaration and without it, in turns: what the
/// generator, the compiler's work on its text, and loading both add. No compiler is kept running between builds.
/// </summary>
internal static class Rebuilds
{
    private const int Repetitions = 5;

    private const string Declaration =
        """
        using Formwork;

        [Transformer(Family.Marian, ModelDim = 128, Heads = 4, EncoderLayers = 4, DecoderLayers = 4, FeedForwardDim = 256,
            Activation = ActivationFunction.Relu, VocabSize = 8000, SourceLength = 128, TargetLength = 128, RecordCrossAttention = true)]
        internal sealed partial class EnglishToFrench;
        """;

    /// <summary>Measures builds.</summary>
    public static BuildReport[] Measure()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("formwork-build-");
        try
        {
            string[] projects = [Write(folder, "Without", declaration: null), Write(folder, "With", Declaration)];
            foreach (string project in projects)
            {
                Build(project, "-restore");
            }

            List<double>[] times = [.. projects.Select(static _ => new List<double>())];
            for (int turn = 0; turn < Repetitions * projects.Length; turn++)
            {
                long started = Stopwatch.GetTimestamp();
                Build(projects[turn % projects.Length], "--no-restore");
                times[turn % projects.Length].Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }

            return [BuildReport.Of("dotnet build, no declaration", times[0]), BuildReport.Of("dotnet build, the sample's declaration", times[1])];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Write(DirectoryInfo parent, string name, string? declaration)
    {
        DirectoryInfo folder = parent.CreateSubdirectory(name);
        File.WriteAllText(Path.Combine(folder.FullName, "Program.cs"), "System.Console.WriteLine(1);");
        if (declaration is not null)
        {
            File.WriteAllText(Path.Combine(folder.FullName, "EnglishToFrench.cs"), declaration);
        }

        string path = Path.Combine(folder.FullName, name + ".csproj");
        File.WriteAllText(path,
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
              </PropertyGroup>
              <ItemGroup>
                <Reference Include="{typeof(TransformerAttribute).Assembly.Location}" />
                <Analyzer Include="{typeof(TransformerGenerator).Assembly.Location}" />
              </ItemGroup>
            </Project>
            """);
        return path;
    }

    private static void Build(string project, string restore)
    {
        ProcessStartInfo start = new("dotnet", ["build", project, "-c", "Release", "--no-incremental", restore, "-nodeReuse:false", "-p:UseSharedCompilation=false"])
        {
            RedirectStandardOutput = true,
        };
        using Process build = Process.Start(start)!;
        string output = build.StandardOutput.ReadToEnd();
        build.WaitForExit();
        if (build.ExitCode != 0)
        {
            throw new InvalidOperationException(output);
        }
    }
}
