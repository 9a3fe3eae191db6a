using System.Runtime.CompilerServices;

namespace Formwork.Kernels;

/// <summary>
/// The register tiles of a float projection: two registers of outputs for up to eight rows, whose sums stay in registers over all inputs. A
/// tile has an even height; where the rows are odd in number, the last row is computed twice and kept once, which costs less than a tile of
/// its own would.
/// </summary>
internal static unsafe class FloatTile
{
    /// <summary>Rows in the tallest tile of any instruction set.</summary>
    public const int MaxRows = 8;

    /// <summary>The tallest tile whose sums, weights and input fit the registers: 32 of AVX-512, 16 of AVX2 and SSE, where SSE needs one for the product.</summary>
    public static int MostRows<V>()
        where V : unmanaged, ISimd<V> => V.Width switch
        {
            16 => MaxRows,
            8 => 6,
            _ => 4,
        };

    /// <summary>
    /// <c>y[r, n] = bias[n] + Σₖ x[r, k] · W[n, k]</c> for 1 .. <see cref="MostRows"/> rows, the Width outputs that start at
    /// <paramref name="weights"/> and those half a panel on; rows of <paramref name="y"/> are <paramref name="stride"/> floats apart.
    /// </summary>
    public static void Run<V, TFormat, TEpilogue>(int rows, float* x, nint inputs, byte* weights, float* bias, float* y, nint stride)
        where V : unmanaged, ISimd<V>
        where TFormat : unmanaged, IFloatFormat
        where TEpilogue : struct, IEpilogue
    {
        switch ((rows + 1) / 2)
        {
            case 1:
                Two<V, TFormat, TEpilogue>(rows, x, inputs, weights, bias, y, stride);
                break;
            case 2:
                Four<V, TFormat, TEpilogue>(rows, x, inputs, weights, bias, y, stride);
                break;
            case 3:
                Six<V, TFormat, TEpilogue>(rows, x, inputs, weights, bias, y, stride);
                break;
            default:
                Eight<V, TFormat, TEpilogue>(rows, x, inputs, weights, bias, y, stride);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Two<V, TFormat, TEpilogue>(int rows, float* x, nint inputs, byte* weights, float* bias, float* y, nint stride)
        where V : unmanaged, ISimd<V>
        where TFormat : unmanaged, IFloatFormat
        where TEpilogue : struct, IEpilogue
    {
        V left0 = bias == null ? V.Zero : V.Load(bias);
        V right0 = bias == null ? V.Zero : V.Load(bias + PanelLayout.Half);
        V left1 = left0, right1 = right0;
        float* x0 = x;
        float* x1 = x + ((rows - 1) * inputs);
        for (nint k = 0; k < inputs; k++, weights += TFormat.RowBytes)
        {
            TFormat.LoadPair(weights, out V left, out V right);
            Step(x0[k], left, right, ref left0, ref right0);
            Step(x1[k], left, right, ref left1, ref right1);
        }

        Finish<V, TEpilogue>(y, left0, right0);
        if (rows == 2)
        {
            Finish<V, TEpilogue>(y + (1 * stride), left1, right1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Four<V, TFormat, TEpilogue>(int rows, float* x, nint inputs, byte* weights, float* bias, float* y, nint stride)
        where V : unmanaged, ISimd<V>
        where TFormat : unmanaged, IFloatFormat
        where TEpilogue : struct, IEpilogue
    {
        V left0 = bias == null ? V.Zero : V.Load(bias);
        V right0 = bias == null ? V.Zero : V.Load(bias + PanelLayout.Half);
        V left1 = left0, right1 = right0;
        V left2 = left0, right2 = right0;
        V left3 = left0, right3 = right0;
        float* x0 = x;
        float* x1 = x0 + inputs;
        float* x2 = x1 + inputs;
        float* x3 = x + ((rows - 1) * inputs);
        for (nint k = 0; k < inputs; k++, weights += TFormat.RowBytes)
        {
            TFormat.LoadPair(weights, out V left, out V right);
            Step(x0[k], left, right, ref left0, ref right0);
            Step(x1[k], left, right, ref left1, ref right1);
            Step(x2[k], left, right, ref left2, ref right2);
            Step(x3[k], left, right, ref left3, ref right3);
        }

        Finish<V, TEpilogue>(y, left0, right0);
        Finish<V, TEpilogue>(y + (1 * stride), left1, right1);
        Finish<V, TEpilogue>(y + (2 * stride), left2, right2);
        if (rows == 4)
        {
            Finish<V, TEpilogue>(y + (3 * stride), left3, right3);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Six<V, TFormat, TEpilogue>(int rows, float* x, nint inputs, byte* weights, float* bias, float* y, nint stride)
        where V : unmanaged, ISimd<V>
        where TFormat : unmanaged, IFloatFormat
        where TEpilogue : struct, IEpilogue
    {
        V left0 = bias == null ? V.Zero : V.Load(bias);
        V right0 = bias == null ? V.Zero : V.Load(bias + PanelLayout.Half);
        V left1 = left0, right1 = right0;
        V left2 = left0, right2 = right0;
        V left3 = left0, right3 = right0;
        V left4 = left0, right4 = right0;
        V left5 = left0, right5 = right0;
        float* x0 = x;
        float* x1 = x0 + inputs;
        float* x2 = x1 + inputs;
        float* x3 = x2 + inputs;
        float* x4 = x3 + inputs;
        float* x5 = x + ((rows - 1) * inputs);
        for (nint k = 0; k < inputs; k++, weights += TFormat.RowBytes)
        {
            TFormat.LoadPair(weights, out V left, out V right);
            Step(x0[k], left, right, ref left0, ref right0);
            Step(x1[k], left, right, ref left1, ref right1);
            Step(x2[k], left, right, ref left2, ref right2);
            Step(x3[k], left, right, ref left3, ref right3);
            Step(x4[k], left, right, ref left4, ref right4);
            Step(x5[k], left, right, ref left5, ref right5);
        }

        Finish<V, TEpilogue>(y, left0, right0);
        Finish<V, TEpilogue>(y + (1 * stride), left1, right1);
        Finish<V, TEpilogue>(y + (2 * stride), left2, right2);
        Finish<V, TEpilogue>(y + (3 * stride), left3, right3);
        Finish<V, TEpilogue>(y + (4 * stride), left4, right4);
        if (rows == 6)
        {
            Finish<V, TEpilogue>(y + (5 * stride), left5, right5);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Eight<V, TFormat, TEpilogue>(int rows, float* x, nint inputs, byte* weights, float* bias, float* y, nint stride)
        where V : unmanaged, ISimd<V>
        where TFormat : unmanaged, IFloatFormat
        where TEpilogue : struct, IEpilogue
    {
        V left0 = bias == null ? V.Zero : V.Load(bias);
        V right0 = bias == null ? V.Zero : V.Load(bias + PanelLayout.Half);
        V left1 = left0, right1 = right0;
        V left2 = left0, right2 = right0;
        V left3 = left0, right3 = right0;
        V left4 = left0, right4 = right0;
        V left5 = left0, right5 = right0;
        V left6 = left0, right6 = right0;
        V left7 = left0, right7 = right0;
        float* x0 = x;
        float* x1 = x0 + inputs;
        float* x2 = x1 + inputs;
        float* x3 = x2 + inputs;
        float* x4 = x3 + inputs;
        float* x5 = x4 + inputs;
        float* x6 = x5 + inputs;
        float* x7 = x + ((rows - 1) * inputs);
        for (nint k = 0; k < inputs; k++, weights += TFormat.RowBytes)
        {
            TFormat.LoadPair(weights, out V left, out V right);
            Step(x0[k], left, right, ref left0, ref right0);
            Step(x1[k], left, right, ref left1, ref right1);
            Step(x2[k], left, right, ref left2, ref right2);
            Step(x3[k], left, right, ref left3, ref right3);
            Step(x4[k], left, right, ref left4, ref right4);
            Step(x5[k], left, right, ref left5, ref right5);
            Step(x6[k], left, right, ref left6, ref right6);
            Step(x7[k], left, right, ref left7, ref right7);
        }

        Finish<V, TEpilogue>(y, left0, right0);
        Finish<V, TEpilogue>(y + (1 * stride), left1, right1);
        Finish<V, TEpilogue>(y + (2 * stride), left2, right2);
        Finish<V, TEpilogue>(y + (3 * stride), left3, right3);
        Finish<V, TEpilogue>(y + (4 * stride), left4, right4);
        Finish<V, TEpilogue>(y + (5 * stride), left5, right5);
        Finish<V, TEpilogue>(y + (6 * stride), left6, right6);
        if (rows == 8)
        {
            Finish<V, TEpilogue>(y + (7 * stride), left7, right7);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step<V>(float input, V leftWeights, V rightWeights, ref V left, ref V right)
        where V : unmanaged, ISimd<V>
    {
        V everywhere = V.Broadcast(input);
        left = V.MultiplyAdd(everywhere, leftWeights, left);
        right = V.MultiplyAdd(everywhere, rightWeights, right);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<V, TEpilogue>(float* y, V left, V right)
        where V : unmanaged, ISimd<V>
        where TEpilogue : struct, IEpilogue
    {
        V.Store(y, TEpilogue.Accumulates ? V.Load(y) + left : left);
        V.Store(y + PanelLayout.Half, TEpilogue.Accumulates ? V.Load(y + PanelLayout.Half) + right : right);
    }
}
