using Formwork.Tool.Terminal;
using Formwork.Weights;

namespace Formwork.Tool.Inspection;

/// <summary>Reads a file of packed weights from end to end.</summary>
internal static class PackedInspection
{
    /// <summary>Whether a file begins like packed weights, sound or not.</summary>
    /// <exception cref="WeightLoadException">It cannot be read.</exception>
    public static bool IsPacked(string path)
    {
        using FileByteSource source = FileByteSource.Open(path);
        return PackedHeader.IsAt(source);
    }

    /// <summary>Reads the header, and compares the weights with their checksum.</summary>
    /// <exception cref="WeightLoadException">The file cannot be read, or its header is damaged.</exception>
    public static PackedReport Run(ToolContext context, string path)
    {
        PackedHeader header = Header(path);
        string? damage = ProgressBar.Wait(context, "reading", () => Damage(path));
        return PackedReport.Of(path, header, damage is null ? [] : [damage]);
    }

    /// <summary>The header of a file.</summary>
    /// <exception cref="WeightLoadException">The file cannot be read, or its header is damaged.</exception>
    public static PackedHeader Header(string path)
    {
        using FileByteSource source = FileByteSource.Open(path);
        return PackedHeader.Read(source);
    }

    private static string? Damage(string path)
    {
        try
        {
            PackedWeights.Verify(path);
            return null;
        }
        catch (WeightLoadException problem) when (problem.Code == WeightLoadError.DataDamaged)
        {
            return problem.Message;
        }
    }
}
