using System.Reflection;
using System.Runtime.InteropServices;

namespace Formwork.CLibrary.Tests;

/// <summary>The sample, published once as a shared and once as a static library, and C programs compiled against them.</summary>
public sealed class NativeLibraryFiles : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("formwork-clibrary-");
    private readonly Dictionary<string, string> _published = [];

    /// <summary>The sample's folder.</summary>
    public static string Sample => RepositoryFolder.Get("samples", "CLibrary");

    /// <summary>The trained model's folder.</summary>
    public static string Model => RepositoryFolder.Get("samples", "Translate", "model");

    /// <summary>A folder for what a test writes.</summary>
    public string Scratch => _folder.FullName;

    /// <summary>Skips the test where libraries cannot be published, or C not compiled.</summary>
    public static void Require(params string[] programs)
    {
        Skip.IfNot(OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == Architecture.X64, "Native libraries are tried on x64 Linux.");
        Skip.IfNot(Command.Exists("gcc") && File.Exists("/usr/include/zlib.h"), "NativeAOT needs a linker and the test a C compiler: install gcc, libc6-dev and zlib1g-dev.");
        foreach (string program in programs)
        {
            Skip.IfNot(Command.Exists(program), $"This test needs {program}: install it.");
        }
    }

    /// <summary>The folder of the published library: Shared or Static.</summary>
    public string Publish(string kind)
    {
        lock (_published)
        {
            if (!_published.TryGetValue(kind, out string? folder))
            {
                folder = Path.Combine(_folder.FullName, kind);
                string configuration = typeof(NativeLibraryFiles).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static data => data.Key == "Configuration").Value!;

                // Built apart from the repository's own folders, which other tests build into at the same time.
                Command published = Command.Dotnet(
                    "publish", Sample, "-c", configuration, "-r", "linux-x64", $"-p:NativeLib={kind}", "-o", folder,
                    "--artifacts-path", Path.Combine(_folder.FullName, "artifacts"));
                Assert.DoesNotContain("warning", published.Output, StringComparison.OrdinalIgnoreCase);

                // Older valgrinds give up on the runtime's debug information.
                foreach (string symbols in Directory.GetFiles(folder, "*.dbg"))
                {
                    File.Delete(symbols);
                }

                _published.Add(kind, folder);
            }

            return folder;
        }
    }

    /// <summary>Compiles a program against a library and returns its path.</summary>
    /// <param name="source">The C file.</param>
    /// <param name="kind">Shared or Static.</param>
    public string Compile(string source, string kind)
    {
        string folder = Publish(kind);
        string program = Path.Combine(folder, Path.GetFileNameWithoutExtension(source));
        if (!File.Exists(program))
        {
            string[] library = kind == "Shared" ? [$"-L{folder}", "-lenfr", $"-Wl,-rpath,{folder}"] : [$"@{Path.Combine(folder, "libenfr.rsp")}", "-Wl,--gc-sections", "-s"];
            Command.Run(
                "gcc", ["-std=c11", "-D_POSIX_C_SOURCE=200809L", "-O1", "-Wall", "-Wextra", "-Werror", $"-I{folder}", source, .. library, "-lm", "-pthread", "-o", program]).Succeeded();
        }

        return program;
    }

    /// <summary>Runs a program under valgrind, which must find neither an error nor a leak.</summary>
    internal static Command Valgrind(string program, params string[] arguments) => Command.Run(
        "valgrind", ["--error-exitcode=99", "--leak-check=full", "--fair-sched=yes", $"--suppressions={Path.Combine(Sample, "dotnet.supp")}", program, .. arguments]).Succeeded();

    public void Dispose() => _folder.Delete(recursive: true);
}
