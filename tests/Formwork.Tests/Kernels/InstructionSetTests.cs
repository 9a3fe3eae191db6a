using System.Diagnostics;
using System.Xml.Linq;
using Formwork.Kernels;

namespace Formwork.Tests.Kernels;

/// <summary>
/// A process keeps to one instruction set, so the kernels' tests run again in processes for which the runtime is told to do without the
/// better ones. This class is outside the category it starts, so a child starts no children.
/// </summary>
[Trait("Category", "InstructionSets")]
public class InstructionSetTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [SkippableFact]
    public void The_kernels_pass_on_Avx2()
    {
        Skip.If(Simd.Path < SimdPath.Avx512, "This processor has no AVX-512 to do without.");
        RunKernelTests(SimdPath.Avx2, "DOTNET_EnableAVX512", "DOTNET_EnableAVX512F");
    }

    [SkippableFact]
    public void The_kernels_pass_on_128_bits()
    {
        Skip.If(Simd.Path < SimdPath.Avx2, "This processor has no AVX2 to do without.");
        RunKernelTests(SimdPath.Vector128, "DOTNET_EnableAVX", "DOTNET_EnableAVX2", "DOTNET_EnableFMA");
    }

    private static void RunKernelTests(SimdPath path, params string[] switchedOff)
    {
        DirectoryInfo results = Directory.CreateTempSubdirectory("formwork-kernels-");
        try
        {
            string host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
            ProcessStartInfo start = new(host)
            {
                ArgumentList =
                {
                    "vstest",
                    typeof(InstructionSetTests).Assembly.Location,
                    "--TestCaseFilter:Category=Kernels",
                    "--logger:trx;LogFileName=results.trx",
                    $"--ResultsDirectory:{results.FullName}",
                },
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            start.Environment[SimdTests.ExpectedPath] = path.ToString();
            foreach (string name in switchedOff)
            {
                start.Environment[name] = "0";
            }

            (int exitCode, string output) = Run(start);
            Assert.True(exitCode == 0, output);

            XElement counters = XDocument.Load(Path.Combine(results.FullName, "results.trx")).Descendants().Single(e => e.Name.LocalName == "Counters");
            int passed = (int)counters.Attribute("passed")!;
            Assert.True(passed > 0, output);
            Assert.Equal(passed, (int)counters.Attribute("total")!);
        }
        finally
        {
            results.Delete(recursive: true);
        }
    }

    private static (int ExitCode, string Output) Run(ProcessStartInfo start)
    {
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"The tests ran for longer than {Patience}.");
        }

        return (process.ExitCode, output.Result + error.Result);
    }
}
