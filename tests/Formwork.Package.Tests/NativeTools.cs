using System.Runtime.InteropServices;

namespace Formwork.Package.Tests;

/// <summary>What publishing ahead of time needs of a machine.</summary>
internal static class NativeTools
{
    /// <summary>Skips the test where something is missing.</summary>
    public static void SkipWithout()
    {
        Skip.IfNot(OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == Architecture.X64, "Publishing ahead of time is tried on x64 Linux.");
        Skip.IfNot((IsOnPath("clang") || IsOnPath("gcc")) && File.Exists("/usr/include/zlib.h"), "NativeAOT needs a linker: install clang or gcc, and zlib1g-dev.");
    }

    private static bool IsOnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, program)));
}
