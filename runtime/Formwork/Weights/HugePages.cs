using System.Runtime.InteropServices;

namespace Formwork.Weights;

/// <summary>
/// Asks Linux for pages of 2 MiB. Decoding reads all weights for every token; past a few megabytes the processor's table of small pages is
/// too short for them, and it looks pages up in memory as often as it reads weights.
/// </summary>
internal static unsafe partial class HugePages
{
    /// <summary>What a block must be a multiple of to consist of huge pages from its first byte on.</summary>
    public const int Alignment = 2 << 20;

    private const int SmallPage = 4096;
    private const int MadviseHugePage = 14;

    // Below this a block fits the table that small pages have, and rounding it up would waste more than it gains.
    private const long LeastBytes = 4 << 20;

    /// <summary>Whether asking for huge pages is worth it, and possible here.</summary>
    public static bool SuitFor(long bytes) => OperatingSystem.IsLinux() && bytes >= LeastBytes;

    /// <summary>Asks; the answer may be no, and changes nothing but speed.</summary>
    /// <param name="start">A multiple of <see cref="Alignment"/>, no byte of it touched so far.</param>
    /// <param name="bytes">Bytes from there on.</param>
    public static void Request(byte* start, long bytes)
    {
        try
        {
            _ = Madvise(start, (nuint)(bytes / SmallPage * SmallPage), MadviseHugePage);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            // A system without this library or this call keeps its small pages.
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Madvise(void* start, nuint length, int advice);
}
