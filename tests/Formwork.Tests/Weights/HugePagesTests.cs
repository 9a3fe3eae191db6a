using System.Globalization;
using Formwork.Weights;

namespace Formwork.Tests.Weights;

public sealed class HugePagesTests
{
    [SkippableFact]
    public unsafe void Linux_is_asked_for_huge_pages_for_large_blocks_alone()
    {
        Skip.IfNot(OperatingSystem.IsLinux() && File.Exists("/sys/kernel/mm/transparent_hugepage/enabled"), "needs Linux with huge pages");
        using var large = new NativeBlock(64 << 20);
        Assert.Equal(0, (nint)large.Start % HugePages.Alignment);
        string? flags = FlagsOf((ulong)large.Start);
        Skip.If(flags is null, "this kernel does not tell flags of mappings");
        Assert.Contains(" hg", flags, StringComparison.Ordinal);

        // What the kernel tells of a small block says nothing: its memory may have been part of a large one, and keeps that one's flag.
        Assert.True(HugePages.SuitFor(64 << 20));
        Assert.False(HugePages.SuitFor(1 << 20));
    }

    /// <summary>What the kernel tells of the mapping that holds an address.</summary>
    private static string? FlagsOf(ulong address)
    {
        bool inside = false;
        foreach (string line in File.ReadLines("/proc/self/smaps"))
        {
            string[] range = line.Split(' ')[0].Split('-');
            if (range.Length == 2 && ulong.TryParse(range[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ulong first)
                && ulong.TryParse(range[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ulong end))
            {
                inside = first <= address && address < end;
            }
            else if (inside && line.StartsWith("VmFlags:", StringComparison.Ordinal))
            {
                return line;
            }
        }

        return null;
    }
}
