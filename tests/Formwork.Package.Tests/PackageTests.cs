using System.IO.Compression;
using System.Reflection.Metadata;
using System.Text;
using System.Xml.Linq;
using Formwork.Tests;

namespace Formwork.Package.Tests;

/// <summary>The packed file, installed where nothing of the repository is at hand.</summary>
[Collection(Publishing.Name)]
public sealed class PackageTests(FreshProject project) : IClassFixture<FreshProject>
{
    private const string Sentence = "Two dogs run on the beach.";
    private const string Translation = "Deux chiens courent sur la plage.";

    private static string Model => RepositoryFolder.Get("samples", "Translate", "model");

    private static bool IsContinuousIntegrationBuild => BuildData.Get("ContinuousIntegrationBuild") == "true";

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
            "README.md", "icon.png", "buildTransitive/Formwork.props", "buildTransitive/Formwork.targets", "analyzers/dotnet/cs/Formwork.Generator.dll", "analyzers/dotnet/roslyn4.14/cs/Formwork.CodeFixes.dll",
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
        Assert.Equal("icon.png", nuspec.Descendants().Single(static element => element.Name.LocalName == "icon").Value);
        Assert.Equal("MIT", nuspec.Descendants().Single(static element => element.Name.LocalName == "license").Value);
    }

    [Fact]
    public void It_holds_every_file_that_its_build_files_import()
    {
        using ZipArchive package = ZipFile.OpenRead(Assert.Single(Directory.GetFiles(project.Packages, "*.nupkg")));
        Assert.Equal(
            Directory.EnumerateFiles(RepositoryFolder.Get("runtime", "Formwork", "buildTransitive")).Select(static path => "buildTransitive/" + Path.GetFileName(path)).Order(StringComparer.Ordinal),
            package.Entries.Select(static entry => entry.FullName).Where(static name => name.StartsWith("buildTransitive/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [SkippableFact]
    public void It_names_no_folder_of_the_machine_that_built_it()
    {
        Skip.IfNot(IsContinuousIntegrationBuild, "Paths are kept for debugging where it is not a build server that builds: set CI=true.");
        string repository = Path.GetDirectoryName(RepositoryFolder.Get("runtime"))!;
        foreach (string file in Directory.GetFiles(project.Packages))
        {
            using ZipArchive package = ZipFile.OpenRead(file);
            foreach (ZipArchiveEntry entry in package.Entries)
            {
                byte[] content = Content(entry);
                if (Path.GetExtension(entry.Name) == ".pdb")
                {
                    Assert.All(SourceFiles(content), static path => Assert.StartsWith("/_/", path, StringComparison.Ordinal));
                }
                else if (Path.GetExtension(entry.Name) == ".dll")
                {
                    // The path of its symbols is UTF-8 and its strings are UTF-16.
                    Assert.Equal(-1, content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(repository)));
                    Assert.Equal(-1, content.AsSpan().IndexOf(Encoding.Unicode.GetBytes(repository)));
                }
            }
        }
    }

    [Fact]
    public void A_fresh_project_runs_with_it()
    {
        string output = Command.Dotnet(project.Project, ["run", "-c", "Release", "--", .. Arguments]);
        Assert.Equal(Translation, output.Trim());
    }

    [Theory]
    [InlineData("roslyn4.8", false)]
    [InlineData("roslyn4.13", false)]
    [InlineData("roslyn4.14", true)]
    [InlineData("roslyn5.0", true)]
    public void A_compiler_gets_the_generator_and_code_fixes_that_it_can_load(string compiler, bool codeFixes)
    {
        Command.Dotnet(project.Project, ["restore"]);
        string output = Command.Dotnet(project.Project, ["msbuild", "-t:ResolvePackageAssets", "-getItem:ResolvedAnalyzers", "-getItem:Analyzer", $"-p:CompilerApiVersion={compiler}", "-p:Configuration=Release", $"-p:IntermediateOutputPath=obj/{compiler}/"]);
        Assert.Contains("Formwork.Generator.dll", output, StringComparison.Ordinal);
        Assert.Equal(codeFixes, output.Contains("Formwork.CodeFixes.dll", StringComparison.Ordinal));
    }

    [SkippableTheory]
    [InlineData("", "Avx2")]
    [InlineData("portable", "Vector128")]
    public void A_fresh_project_is_published_ahead_of_time_with_it(string instructionSet, string path)
    {
        NativeTools.SkipWithout();
        string native = Path.Combine(project.Project, "native" + instructionSet);
        string[] wish = instructionSet.Length == 0 ? [] : [$"-p:FormworkInstructionSet={instructionSet}"];
        string output = Command.Dotnet(
            project.Project, ["publish", "-c", "Release", "-r", "linux-x64", "-p:Framework=net9.0", "-p:PublishAot=true", "-o", native, .. wish]);
        Assert.DoesNotContain("warning", output, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(path == "Vector128", output.Contains("128-bit path", StringComparison.Ordinal));
        string program = Path.Combine(native, "app");
        Assert.Equal(path, Command.Run(program, "--path").Trim());
        Assert.Equal(Translation, Command.Run(program, Arguments).Trim());
    }

    private static byte[] Content(ZipArchiveEntry entry)
    {
        using MemoryStream content = new();
        using Stream stream = entry.Open();
        stream.CopyTo(content);
        return content.ToArray();
    }

    private static string[] SourceFiles(byte[] symbols)
    {
        using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(symbols));
        MetadataReader reader = provider.GetMetadataReader();
        string[] paths = [.. reader.Documents.Select(handle => reader.GetString(reader.GetDocument(handle).Name))];
        Assert.NotEmpty(paths);
        return paths;
    }
}
