using System.Reflection;

namespace Formwork.CLibrary.Tests;

/// <summary>A project outside of the repository with one tiny model, built as often as a test likes.</summary>
internal sealed class ArtifactProject : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("formwork-artifacts-");

    public ArtifactProject()
    {
        string targets = RepositoryFolder.Get("runtime", "Formwork", "buildTransitive");
        string generator = typeof(ArtifactProject).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static data => data.Key == "Generator").Value!;

        // The targets are read where a package's are, after the compiler's own; the sample reads them before.
        File.WriteAllText(Path.Combine(_folder.FullName, "Directory.Build.targets"), $"""
            <Project>
              <Import Project="{Path.Combine(targets, "Formwork.targets")}" />
            </Project>
            """);
        File.WriteAllText(Path.Combine(_folder.FullName, "app.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
              </PropertyGroup>
              <ItemGroup>
                <Reference Include="{typeof(TransformerAttribute).Assembly.Location}" />
                <Analyzer Include="{generator}" />
              </ItemGroup>
            </Project>
            """);
    }

    /// <summary>Writes the declaration.</summary>
    /// <param name="options">Options that come after the sizes.</param>
    public void Declare(string options) => File.WriteAllText(Path.Combine(_folder.FullName, "Tiny.cs"), $"""
        using Formwork;

        namespace Samples.Artifact.Of;

        [Transformer(Family.Vaswani, ModelDim = 16, Heads = 2, EncoderLayers = 1, DecoderLayers = 1, FeedForwardDim = 32,
            VocabSize = 20, SourceLength = 8, TargetLength = 8{options})]
        public sealed partial class Tiny;
        """);

    public void Build(params string[] properties) => Command.Dotnet(["build", _folder.FullName, "-c", "Release", .. properties]);

    public void Publish(params string[] properties) => Command.Dotnet(["publish", _folder.FullName, "-c", "Release", .. properties]);

    /// <summary>A file among what was built.</summary>
    public FileInfo Output(string name) => new(Path.Combine(_folder.FullName, "bin", "Release", "net10.0", name));

    /// <summary>Where the compiler leaves what the generator wrote.</summary>
    public DirectoryInfo Generated => new(Path.Combine(_folder.FullName, "obj", "Release", "net10.0", "generated", "Formwork.Generator", "Formwork.Generator.TransformerGenerator"));

    public void Dispose() => _folder.Delete(recursive: true);
}
