using System.Runtime.CompilerServices;

namespace Formwork.Kernels;

/// <summary>The last panel of a matrix, of which only some outputs exist: made whole on the stack, then cut to size.</summary>
internal static unsafe class ClippedTile
{
    /// <summary>Fetches what the results will be added to.</summary>
    public static void Enter<TEpilogue>(float* y, nint stride, float* whole, int rows, int columns)
        where TEpilogue : struct, IEpilogue
    {
        if (!TEpilogue.Accumulates)
        {
            return;
        }

        for (int row = 0; row < rows; row++)
        {
            Unsafe.CopyBlockUnaligned(whole + (row * PanelLayout.Width), y + (row * stride), (uint)columns * sizeof(float));
        }
    }

    /// <summary>Writes the outputs that exist.</summary>
    public static void Leave(float* y, nint stride, float* whole, int rows, int columns)
    {
        for (int row = 0; row < rows; row++)
        {
            Unsafe.CopyBlockUnaligned(y + (row * stride), whole + (row * PanelLayout.Width), (uint)columns * sizeof(float));
        }
    }
}
