using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace Formwork.Benchmarks.Peers;

/// <summary>ONNX Runtime for Node.js, installed with npm in a cache folder outside the repository.</summary>
internal static class OnnxRuntimePackage
{
    /// <summary>The engine's version: figures without one say nothing.</summary>
    public const string Version = "1.30.0";

    private const string Name = "onnxruntime-node";

    /// <summary>Where it is installed where nobody says otherwise: the user's cache.</summary>
    public static string DefaultFolder =>
        Path.Combine(
            Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache
                ? cache
                : OperatingSystem.IsWindows()
                    ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
                    : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
            "formwork",
            "peers");

    /// <summary>Installs the package where it is missing or has another version.</summary>
    /// <exception cref="UserErrorException">npm is not there, or could not install it.</exception>
    public static void Ensure(string folder)
    {
        if (InstalledVersion(folder) == Version)
        {
            return;
        }

        Console.Error.WriteLine($"installing {Name} {Version} in {folder}");
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"the folder '{folder}' cannot be made: {problem.Message}; name another with --folder", problem);
        }

        Install(folder);
        if (InstalledVersion(folder) != Version)
        {
            throw new UserErrorException($"npm ended without an error, but {Name} {Version} is not in '{folder}'");
        }
    }

    private static void Install(string folder)
    {
        // The package's own script would fetch GPU libraries; the CPU's are in the package.
        ProcessStartInfo start = new(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", ["install", "--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund", $"{Name}@{Version}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process npm = Start(start);
        npm.OutputDataReceived += static (_, _) => { };
        npm.BeginOutputReadLine();
        string errors = npm.StandardError.ReadToEnd();
        npm.WaitForExit();
        if (npm.ExitCode != 0)
        {
            string reason = errors.Split('\n').FirstOrDefault(static line => line.StartsWith("npm error", StringComparison.Ordinal)) ?? $"exit code {npm.ExitCode}";
            throw new UserErrorException($"npm could not install {Name} {Version}: {reason}");
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception problem)
        {
            throw new UserErrorException("npm was not found: the peers need Node.js and npm", problem);
        }
    }

    private static string? InstalledVersion(string folder)
    {
        string manifest = Path.Combine(folder, "node_modules", Name, "package.json");
        try
        {
            using JsonDocument json = JsonDocument.Parse(File.ReadAllText(manifest));
            return json.RootElement.GetProperty("version").GetString();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException)
        {
            return null;
        }
    }
}
