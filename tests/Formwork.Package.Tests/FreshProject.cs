using Formwork.Tests;

namespace Formwork.Package.Tests;

/// <summary>A project outside of the repository that references nothing but the packed file, as a user's does.</summary>
public sealed class FreshProject : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("formwork-package-");

    // A version of its own, or NuGet would take what an earlier run left in its cache.
    private readonly string _version = $"0.0.0-test.{Guid.NewGuid():N}";

    /// <summary>Packs the package and writes the project.</summary>
    public FreshProject()
    {
        Packages = Directory.CreateDirectory(Path.Combine(_folder.FullName, "feed")).FullName;
        Command.Dotnet(Path.Combine(RepositoryFolder.Get("runtime"), ".."), "pack", Path.Combine("runtime", "Formwork"), "-c", BuildData.Get("Configuration"), "--no-build", "-o", Packages, $"-p:PackageVersion={_version}");

        string project = Directory.CreateDirectory(Path.Combine(_folder.FullName, "app")).FullName;
        Project = project;
        File.WriteAllText(Path.Combine(project, "app.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <Framework Condition="'$(Framework)' == ''">net10.0</Framework>
                <TargetFramework>$(Framework)</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <InvariantGlobalization>true</InvariantGlobalization>
                <RestoreAdditionalProjectSources>{Packages}</RestoreAdditionalProjectSources>
                <RestorePackagesPath>{Path.Combine(_folder.FullName, "packages")}</RestorePackagesPath>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Formwork" Version="{_version}" />
              </ItemGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(project, "Program.cs"), """
            using Formwork;
            using Formwork.Generation;
            using Formwork.Kernels;
            using Formwork.Text;

            if (args is ["--path"])
            {
                Console.WriteLine(Simd.Path);
                return;
            }

            using EnglishToFrench model = EnglishToFrench.Load(args[0]);
            SentencePieceModel pieces = SentencePieceModel.Load(args[1]);
            int[] source = [.. pieces.Encode(args[2]), EnglishToFrench.EndToken];
            ScoredTarget best = model.Generate(source, new GenerationOptions { Beams = 4 })[0];
            Console.WriteLine(pieces.Decode(best.Tokens));

            [Transformer(Family.Marian,
                ModelDim = 128, Heads = 4, EncoderLayers = 4, DecoderLayers = 4, FeedForwardDim = 256, Activation = ActivationFunction.Relu,
                VocabSize = 8000, SourceLength = 128, TargetLength = 128, MaxBeams = 4)]
            public sealed partial class EnglishToFrench;
            """);
    }

    /// <summary>The folder of the packed file.</summary>
    public string Packages { get; }

    /// <summary>The project's folder.</summary>
    public string Project { get; }

    public void Dispose() => _folder.Delete(recursive: true);
}
