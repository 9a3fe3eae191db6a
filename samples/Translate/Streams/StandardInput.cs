using Microsoft.Win32.SafeHandles;

namespace Translate.Streams;

/// <summary>Standard input where it is no terminal.</summary>
internal static class StandardInput
{
    public static LineReader OpenLines() => new(Console.OpenStandardInput());

    /// <summary>Its length in bytes, or null where that cannot be known: a pipe has none.</summary>
    public static long? Length()
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        const int Descriptor = 0;
        using var handle = new SafeFileHandle(Descriptor, ownsHandle: false);
        try
        {
            return RandomAccess.GetLength(handle);
        }
        catch (Exception problem) when (problem is NotSupportedException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
