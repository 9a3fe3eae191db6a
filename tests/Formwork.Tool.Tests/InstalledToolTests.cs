using System.Diagnostics;
using System.IO.Compression;
using System.Reflection;
using System.Text.Json;
using System.Xml.Linq;

namespace Formwork.Tool.Tests;

/// <summary>The packed tool, installed where nothing of the repository is at hand.</summary>
public sealed class InstalledToolTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Fact]
    public void It_is_packed_installed_and_run()
    {
        using var folder = new TemporaryFolder();
        string feed = Directory.CreateDirectory(folder.File("feed")).FullName;
        string tools = Directory.CreateDirectory(folder.File("tools")).FullName;
        // A version of its own, or NuGet would take what an earlier run left in its cache.
        string version = $"0.0.0-test.{Guid.NewGuid():N}";
        string configuration = typeof(InstalledToolTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static data => data.Key == "Configuration").Value!;

        Run("dotnet", folder, "pack", RepositoryFolder.Get("runtime", "Formwork.Tool"), "-c", configuration, "--no-build", "-o", feed, $"-p:PackageVersion={version}");
        AssertDescribed(Directory.GetFiles(feed, "*.nupkg").Single());
        folder.Write("nuget.config", $"<configuration><packageSources><clear /><add key=\"feed\" value=\"{feed}\" /></packageSources></configuration>");
        Run("dotnet", folder, "tool", "install", "formwork.tool", "--tool-path", tools, "--version", version, "--configfile", folder.File("nuget.config"));
        string program = Path.Combine(tools, OperatingSystem.IsWindows() ? "formwork.exe" : "formwork");

        string inspected = Run(program, folder, "inspect", TestModels.Sample, "--json");
        string packed = Run(program, folder, "pack", TestModels.Sample, "--declaration", TestModels.SampleDeclaration, "-o", folder.File("model.fw"));

        using var report = JsonDocument.Parse(inspected);
        Assert.Equal(170, report.RootElement.GetProperty("tensorCount").GetInt32());
        Assert.Contains("Translate.Sentences.EnglishToFrench", packed, StringComparison.Ordinal);
        using Translate.Sentences.EnglishToFrench model = Translate.Sentences.EnglishToFrench.Load(folder.File("model.fw"));
    }

    private static void AssertDescribed(string file)
    {
        using ZipArchive package = ZipFile.OpenRead(file);
        Assert.Contains(package.Entries, static entry => entry.FullName == "README.md");
        using Stream stream = package.GetEntry("Formwork.Tool.nuspec")!.Open();
        XDocument specification = XDocument.Load(stream);
        Assert.Equal("MIT", Value("license"));
        Assert.Equal("README.md", Value("readme"));
        Assert.Equal("Formwork.Tool", Value("id"));
        Assert.DoesNotContain(specification.Descendants(), static element => element.Name.LocalName == "dependency");

        string Value(string name) => specification.Descendants().First(element => element.Name.LocalName == name).Value;
    }

    private static string Run(string program, TemporaryFolder folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder.Path, RedirectStandardOutput = true, RedirectStandardError = true };
        // What the test runner's MSBuild left in the environment is not in a user's.
        foreach (string name in start.Environment.Keys.Where(static name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        // The tool's launcher finds the runtime where this process found it.
        start.Environment["DOTNET_ROOT"] = Path.GetDirectoryName(Environment.ProcessPath);
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} ran for longer than {Patience}.");
        }

        Assert.True(process.ExitCode == 0, output.Result + error.Result);
        return output.Result;
    }
}
