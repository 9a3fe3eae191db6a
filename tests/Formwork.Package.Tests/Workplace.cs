namespace Formwork.Package.Tests;

/// <summary>Two projects that are evaluated and never built: one of the SDK, and one that is nothing but the package's build files.</summary>
public sealed class Workplace : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("formwork-evaluation-");

    /// <summary>Writes the projects.</summary>
    public Workplace()
    {
        string targets = Path.Combine(Formwork.Tests.RepositoryFolder.Get("runtime", "Formwork", "buildTransitive"), "Formwork.targets");
        string import = $"""<Project><Import Project="{targets}" /></Project>""";
        File.WriteAllText(Path.Combine(Folder, "bare.proj"), import);

        // NuGet has the targets of packages imported where this file is: after the project's body and the inference of its runtime identifier.
        File.WriteAllText(Path.Combine(Folder, "Directory.Build.targets"), import);
        File.WriteAllText(Path.Combine(Folder, "app.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>$(Framework)</TargetFramework>
                <PublishAot Condition="'$(Aot)' != 'false'">true</PublishAot>
                <IlcInstructionSet>$(Own)</IlcInstructionSet>
                <FormworkInstructionSet>$(Wish)</FormworkInstructionSet>
              </PropertyGroup>
            </Project>
            """);
    }

    /// <summary>The projects' folder.</summary>
    public string Folder => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);
}
