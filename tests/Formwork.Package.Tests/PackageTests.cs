using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Xml.Linq;
using Formwork.Tests;

namespace Formwork.Package.Tests;

/// <summary>The packed file, installed where nothing of the repository is at hand.</summary>
public sealed class PackageTests(FreshProject project) : IClassFixture<FreshProject>
{
    private const string Sentence = "Two dogs run on the beach.";
    private const string Translation = "Deux chiens courent sur la plage.";

    private static string Model => RepositoryFolder.Get("samples", "Translate", "model");

    private static string[] Arguments => [Path.Combine(Model, "model.safetensors"), Path.Combine(Model, "sentencepiece.model"), Sentence];

    [Fact]
    public void It_holds_the_runtime_for_both_frameworks_the_generator_and_the_readme()
    {
        string file = Assert.Single(Directory.GetFiles(project.Packages, "*.nupkg"));
        Assert.Single(Directory.GetFiles(project.Packages, "*.snupkg"));
        using ZipArchive package = ZipFile.OpenRead(file);
        string[] names = [.. package.Entries.Select(static entry => entry.FullName)];
        foreach (string name in new[]
        {
            "README.md", "analyzers/dotnet/cs/Formwork.Generator.dll", "analyzers/dotnet/roslyn4.14/cs/Formwork.CodeFixes.dll",
            "lib/net9.0/Formwork.dll", "lib/net9.0/Formwork.xml", "lib/net10.0/Formwork.dll", "lib/net10.0/Formwork.xml",
        })
        {
            Assert.Contains(name, names);
        }

        // In a folder without a version, compilers older than the code fixes' would load them and warn.
        Assert.Single(names, static name => name.EndsWith("Formwork.CodeFixes.dll", StringComparison.Ordinal));

        using Stream specification = package.GetEntry("Formwork.nuspec")!.Open();
        XDocument nuspec = XDocument.Load(specification);
        Assert.DoesNotContain(nuspec.Descendants(), static element => element.Name.LocalName == "dependency");
        Assert.Equal("MIT", nuspec.Descendants().Single(static element => element.Name.LocalName == "license").Value);
    }

    [Fact]
    public void A_fresh_project_runs_with_it()
    {
        string output = FreshProject.Run(project.Project, ["run", "-c", "Release", "--", .. Arguments]);
        Assert.Equal(Translation, output.Trim());
    }

    [Theory]
    [InlineData("roslyn4.8", false)]
    [InlineData("roslyn4.13", false)]
    [InlineData("roslyn4.14", true)]
    [InlineData("roslyn5.0", true)]
    public void A_compiler_gets_the_generator_and_code_fixes_that_it_can_load(string compiler, bool codeFixes)
    {
        FreshProject.Run(project.Project, "restore");
        string output = FreshProject.Run(project.Project, "msbuild", "-t:ResolvePackageAssets", "-getItem:ResolvedAnalyzers", "-getItem:Analyzer", $"-p:CompilerApiVersion={compiler}", "-p:Configuration=Release", $"-p:IntermediateOutputPath=obj/{compiler}/");
        Assert.Contains("Formwork.Generator.dll", output, StringComparison.Ordinal);
        Assert.Equal(codeFixes, output.Contains("Formwork.CodeFixes.dll", StringComparison.Ordinal));
    }

    [SkippableFact]
    public void A_fresh_project_is_published_ahead_of_time_with_it()
    {
        Skip.IfNot(OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == Architecture.X64, "Publishing ahead of time is tried on x64 Linux.");
        Skip.IfNot((IsOnPath("clang") || IsOnPath("gcc")) && File.Exists("/usr/include/zlib.h"), "NativeAOT needs a linker: install clang or gcc, and zlib1g-dev.");
        string native = Path.Combine(project.Project, "native");
        string output = FreshProject.Run(
            project.Project, "publish", "-c", "Release", "-r", "linux-x64", "-p:Framework=net9.0", "-p:PublishAot=true", "-p:IlcInstructionSet=x86-x64-v3", "-o", native);
        Assert.DoesNotContain("warning", output, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(Translation, FreshProject.RunProgram(Path.Combine(native, "app"), Arguments).Trim());
    }

    private static bool IsOnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, program)));
}
