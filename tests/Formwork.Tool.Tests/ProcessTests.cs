using System.Diagnostics;
using System.Text.Json;

namespace Formwork.Tool.Tests;

/// <summary>The tool as a process.</summary>
public sealed class ProcessTests
{
    private const long ManyBytes = 64L << 30;

    [Fact]
    public void A_process_prints_json_in_utf_8_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("größe.safetensors", new SafetensorsBytes().Add("größe 中", "F32", [2], 1f, 2f).ToBytes());

        JsonElement report = ToolRun.RunProcess("inspect", path, "--json").Succeeded().Json();

        Assert.Equal("größe 中", report.GetProperty("tensors")[0].GetProperty("name").GetString());
        Assert.StartsWith("0.1.0", ToolRun.RunProcess("--version").Succeeded().Output, StringComparison.Ordinal);
        ToolRun.RunProcess("inspect", folder.File("none")).FailedWith(2, "no such file").Silent();
    }

    [Fact]
    public void A_process_packs()
    {
        using var folder = new TemporaryFolder();
        string packed = folder.File("model.fw");

        ToolRun.RunProcess("pack", TestModels.Sample, "--declaration", TestModels.SampleDeclaration, "-o", packed, "--json").Succeeded().Json();

        using Translate.Sentences.EnglishToFrench model = Translate.Sentences.EnglishToFrench.Load(packed);
        Assert.Equal(["model.fw"], folder.Names);
    }

    [SkippableFact]
    public void An_interruption_ends_it_and_leaves_nothing_behind()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Signals are sent with kill, and the large file has to be a hole.");
        using var folder = new TemporaryFolder();
        string path = folder.File("large.safetensors");
        SafetensorsBytes.WriteSparse(path, ManyBytes);
        using Process process = ToolRun.Start("manifest", path);
        WaitUntilReads(process, path);

        Process.Start("kill", ["-INT", $"{process.Id}"]).WaitForExit();

        ToolRun.Finish(process).FailedWith(130, "interrupted").Silent();
        Assert.Equal(["large.safetensors"], folder.Names);
    }

    // The file is open once the program has got so far; it takes minutes to read.
    private static void WaitUntilReads(Process process, string path)
    {
        var patience = Stopwatch.StartNew();
        while (!Directory.EnumerateFiles($"/proc/{process.Id}/fd").Any(link => File.ResolveLinkTarget(link, returnFinalTarget: false)?.FullName == path))
        {
            Assert.False(process.HasExited || patience.Elapsed > TimeSpan.FromMinutes(1), "The tool did not open the file.");
            Thread.Sleep(20);
        }
    }
}
