using System.Diagnostics;
using Formwork.Tests;

namespace Formwork.Package.Tests;

/// <summary>The NativeAot sample, published as its page says.</summary>
public sealed class PublishedSample : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("formwork-native-");
    private readonly Lazy<string> _log;

    /// <summary>Publishes when the first test asks for it, apart from the repository's own folders, which other tests build into at the same time.</summary>
    public PublishedSample() => _log = new(() => Command.Dotnet(
        Sample, "publish", "-c", BuildData.Get("Configuration"), "-r", "linux-x64", "-o", _folder.FullName, "--artifacts-path", Path.Combine(_folder.FullName, "artifacts")));

    /// <summary>The sample's folder.</summary>
    public static string Sample => RepositoryFolder.Get("samples", "NativeAot");

    /// <summary>Bytes of the packed weights.</summary>
    public static long WeightBytes => new FileInfo(Path.Combine(Sample, "obj", "EnglishToFrench.fw")).Length;

    /// <summary>What publishing printed.</summary>
    public string Log => _log.Value;

    /// <summary>The native program.</summary>
    public string Program => Log.Length > 0 ? Path.Combine(_folder.FullName, "translate") : string.Empty;

    /// <summary>The same program to run under the JIT, on the instructions that the native one was compiled for.</summary>
    public static ProcessStartInfo UnderJit()
    {
        string program = Path.Combine(Sample, "bin", BuildData.Get("Configuration"), "net9.0", "translate.dll");
        ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", ["exec", "--roll-forward", "Major", program, "--time"]);

        // The first is its name in .NET 10, the second in .NET 9.
        start.Environment["DOTNET_EnableAVX512"] = "0";
        start.Environment["DOTNET_EnableAVX512F"] = "0";
        return start;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
