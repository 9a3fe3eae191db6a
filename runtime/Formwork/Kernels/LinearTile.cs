using System.Runtime.CompilerServices;

namespace Formwork.Kernels;

/// <summary>
/// The inner tiles of <see cref="LinearRows"/>: up to eight rows by two registers of outputs. Each step loads two registers of weights and
/// multiplies them with one input of every row; the sums stay in registers throughout. Tiles come in even heights; for an odd number of
/// rows the last row is computed twice and stored twice, which costs less than a tile of its own would.
/// </summary>
internal static unsafe class LinearTile
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
    /// <c>y[r, n] = bias[n] + Σₖ x[r, k] · W[n, k]</c> for 1 .. <see cref="MostRows"/> rows and the 2 · Width outputs that start
    /// at <paramref name="weight"/>; rows of <paramref name="y"/> are <paramref name="stride"/> floats apart.
    /// </summary>
    public static void Run<V>(int rows, float* x, nint inputs, float* weight, float* bias, float* y, nint stride)
        where V : unmanaged, ISimd<V>
    {
        switch ((rows + 1) / 2)
        {
            case 1:
                Two<V>(rows, x, inputs, weight, bias, y, stride);
                break;
            case 2:
                Four<V>(rows, x, inputs, weight, bias, y, stride);
                break;
            case 3:
                Six<V>(rows, x, inputs, weight, bias, y, stride);
                break;
            default:
                Eight<V>(rows, x, inputs, weight, bias, y, stride);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Two<V>(int rows, float* x, nint inputs, float* weight, float* bias, float* y, nint stride)
        where V : unmanaged, ISimd<V>
    {
        Start(bias, out V left0, out V right0);
        V left1 = left0, right1 = right0;
        float* x0 = x;
        float* x1 = x + ((rows - 1) * inputs);
        for (nint k = 0; k < inputs; k++, weight += PanelLayout.Width)
        {
            V left = V.Load(weight);
            V right = V.Load(weight + V.Width);
            Step(x0[k], left, right, ref left0, ref right0);
            Step(x1[k], left, right, ref left1, ref right1);
        }

        Finish(y, left0, right0);
        Finish(y + ((rows - 1) * stride), left1, right1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Four<V>(int rows, float* x, nint inputs, float* weight, float* bias, float* y, nint stride)
        where V : unmanaged, ISimd<V>
    {
        Start(bias, out V left0, out V right0);
        V left1 = left0, right1 = right0;
        V left2 = left0, right2 = right0;
        V left3 = left0, right3 = right0;
        float* x0 = x;
        float* x1 = x0 + inputs;
        float* x2 = x1 + inputs;
        float* x3 = x + ((rows - 1) * inputs);
        for (nint k = 0; k < inputs; k++, weight += PanelLayout.Width)
        {
            V left = V.Load(weight);
            V right = V.Load(weight + V.Width);
            Step(x0[k], left, right, ref left0, ref right0);
            Step(x1[k], left, right, ref left1, ref right1);
            Step(x2[k], left, right, ref left2, ref right2);
            Step(x3[k], left, right, ref left3, ref right3);
        }

        Finish(y, left0, right0);
        Finish(y + stride, left1, right1);
        Finish(y + (2 * stride), left2, right2);
        Finish(y + ((rows - 1) * stride), left3, right3);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Six<V>(int rows, float* x, nint inputs, float* weight, float* bias, float* y, nint stride)
        where V : unmanaged, ISimd<V>
    {
        Start(bias, out V left0, out V right0);
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
        for (nint k = 0; k < inputs; k++, weight += PanelLayout.Width)
        {
            V left = V.Load(weight);
            V right = V.Load(weight + V.Width);
            Step(x0[k], left, right, ref left0, ref right0);
            Step(x1[k], left, right, ref left1, ref right1);
            Step(x2[k], left, right, ref left2, ref right2);
            Step(x3[k], left, right, ref left3, ref right3);
            Step(x4[k], left, right, ref left4, ref right4);
            Step(x5[k], left, right, ref left5, ref right5);
        }

        Finish(y, left0, right0);
        Finish(y + stride, left1, right1);
        Finish(y + (2 * stride), left2, right2);
        Finish(y + (3 * stride), left3, right3);
        Finish(y + (4 * stride), left4, right4);
        Finish(y + ((rows - 1) * stride), left5, right5);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Eight<V>(int rows, float* x, nint inputs, float* weight, float* bias, float* y, nint stride)
        where V : unmanaged, ISimd<V>
    {
        Start(bias, out V left0, out V right0);
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
        for (nint k = 0; k < inputs; k++, weight += PanelLayout.Width)
        {
            V left = V.Load(weight);
            V right = V.Load(weight + V.Width);
            Step(x0[k], left, right, ref left0, ref right0);
            Step(x1[k], left, right, ref left1, ref right1);
            Step(x2[k], left, right, ref left2, ref right2);
            Step(x3[k], left, right, ref left3, ref right3);
            Step(x4[k], left, right, ref left4, ref right4);
            Step(x5[k], left, right, ref left5, ref right5);
            Step(x6[k], left, right, ref left6, ref right6);
            Step(x7[k], left, right, ref left7, ref right7);
        }

        Finish(y, left0, right0);
        Finish(y + stride, left1, right1);
        Finish(y + (2 * stride), left2, right2);
        Finish(y + (3 * stride), left3, right3);
        Finish(y + (4 * stride), left4, right4);
        Finish(y + (5 * stride), left5, right5);
        Finish(y + (6 * stride), left6, right6);
        Finish(y + ((rows - 1) * stride), left7, right7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Start<V>(float* bias, out V left, out V right)
        where V : unmanaged, ISimd<V>
    {
        left = bias == null ? V.Zero : V.Load(bias);
        right = bias == null ? V.Zero : V.Load(bias + V.Width);
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
    private static void Finish<V>(float* y, V left, V right)
        where V : unmanaged, ISimd<V>
    {
        V.Store(y, left);
        V.Store(y + V.Width, right);
    }
}
