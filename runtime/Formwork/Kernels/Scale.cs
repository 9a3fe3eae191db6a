using System.ComponentModel;

namespace Formwork.Kernels;

/// <summary>A factor on a whole span.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Scale
{
    /// <summary><c>x = factor · x</c>.</summary>
    /// <param name="x">Values of any shape, replaced by the products.</param>
    /// <param name="factor">Any number.</param>
    public static void Multiply(Span<float> x, float factor)
    {
        fixed (float* pointer = x)
        {
            if (Simd.UseAvx512)
            {
                Kernels.Multiply.Run<Simd512>(pointer, x.Length, factor);
            }
            else if (Simd.UseAvx2)
            {
                Kernels.Multiply.Run<Simd256>(pointer, x.Length, factor);
            }
            else
            {
                Kernels.Multiply.Run<Simd128>(pointer, x.Length, factor);
            }
        }
    }
}
