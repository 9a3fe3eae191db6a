using System.Runtime.CompilerServices;

namespace Formwork.Kernels;

/// <summary>
/// The register tiles of a projection with 8-bit weights. Sums are exact integers, so whatever the shape of the tile and the order of the
/// additions, the result is the same to the bit.
/// </summary>
internal static unsafe class Int8Tile
{
    private const int MaxRows = 8;

    /// <summary>The tallest tile whose sums, weights and input fit the registers.</summary>
    public static int MostRows<V>()
        where V : unmanaged, ISimd<V> => V.Width == 16 ? MaxRows : 4;

    /// <summary>One panel for 2 .. <see cref="MostRows"/> rows, or for one by computing it twice; rows of <paramref name="y"/> are <paramref name="stride"/> floats apart.</summary>
    public static void Run<V, I, TEpilogue>(int rows, QuantizedRows x, nint inputs, byte* weights, float* bias, float* y, nint stride)
        where V : unmanaged, ISimd<V>
        where I : unmanaged, IIntegers<I, V>
        where TEpilogue : struct, IEpilogue
    {
        float* scales = Int8.ScalesOf(weights, inputs);
        nint groups = Int8.PaddedInputs((int)inputs) / Int8.Group;
        for (int output = 0; output < PanelLayout.Half; output += V.Width)
        {
            byte* from = weights + (output * Int8.Group);
            float* start = bias == null ? null : bias + output;
            switch ((rows + 1) / 2)
            {
                case 1:
                    Two<V, I, TEpilogue>(rows, x, groups, from, scales + output, start, y + output, stride);
                    break;
                case 2:
                    Four<V, I, TEpilogue>(rows, x, groups, from, scales + output, start, y + output, stride);
                    break;
                case 3:
                    Six<V, I, TEpilogue>(rows, x, groups, from, scales + output, start, y + output, stride);
                    break;
                default:
                    Eight<V, I, TEpilogue>(rows, x, groups, from, scales + output, start, y + output, stride);
                    break;
            }
        }
    }

    /// <summary>Two registers of sums as results: sum · the row's scale · the outputs' scales + bias.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Finish<V, I, TEpilogue>(I left, I right, float* scales, float scale, float* bias, float* y)
        where V : unmanaged, ISimd<V>
        where I : unmanaged, IIntegers<I, V>
        where TEpilogue : struct, IEpilogue
    {
        V factor = V.Broadcast(scale);
        V first = V.MultiplyAdd(I.ToFloats(left), V.Load(scales) * factor, bias == null ? V.Zero : V.Load(bias));
        V second = V.MultiplyAdd(
            I.ToFloats(right), V.Load(scales + PanelLayout.Half) * factor, bias == null ? V.Zero : V.Load(bias + PanelLayout.Half));
        V.Store(y, TEpilogue.Accumulates ? V.Load(y) + first : first);
        V.Store(y + PanelLayout.Half, TEpilogue.Accumulates ? V.Load(y + PanelLayout.Half) + second : second);
    }

    /// <summary>Four inputs of one row: magnitudes, then signs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Step<V, I>(byte* x, I leftWeights, I rightWeights, I ones, ref I left, ref I right)
        where V : unmanaged, ISimd<V>
        where I : unmanaged, IIntegers<I, V>
    {
        I magnitudes = I.Broadcast(*(int*)x);
        I signs = I.Broadcast(*(int*)(x + Int8.Group));
        left = I.AddProducts(left, leftWeights, magnitudes, signs, ones);
        right = I.AddProducts(right, rightWeights, magnitudes, signs, ones);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Two<V, I, TEpilogue>(int rows, QuantizedRows x, nint groups, byte* weights, float* scales, float* bias, float* y, nint stride)
        where V : unmanaged, ISimd<V>
        where I : unmanaged, IIntegers<I, V>
        where TEpilogue : struct, IEpilogue
    {
        int last = rows - 1;
        I left0 = I.Broadcast(x.Starts[0]), right0 = left0;
        I left1 = I.Broadcast(x.Starts[last]), right1 = left1;
        I ones = I.Broadcast(x.Ones);
        byte* x0 = x.Values;
        byte* x1 = x.Values + (last * x.Stride);
        for (nint group = 0, at = 0; group < groups; group++, at += 2 * Int8.Group, weights += Int8.GroupBytes)
        {
            I leftWeights = I.Load(weights);
            I rightWeights = I.Load(weights + (PanelLayout.Half * Int8.Group));
            Step<V, I>(x0 + at, leftWeights, rightWeights, ones, ref left0, ref right0);
            Step<V, I>(x1 + at, leftWeights, rightWeights, ones, ref left1, ref right1);
        }

        Finish<V, I, TEpilogue>(left0, right0, scales, x.Scales[0], bias, y);
        if (rows == 2)
        {
            Finish<V, I, TEpilogue>(left1, right1, scales, x.Scales[last], bias, y + (1 * stride));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Four<V, I, TEpilogue>(int rows, QuantizedRows x, nint groups, byte* weights, float* scales, float* bias, float* y, nint stride)
        where V : unmanaged, ISimd<V>
        where I : unmanaged, IIntegers<I, V>
        where TEpilogue : struct, IEpilogue
    {
        int last = rows - 1;
        I left0 = I.Broadcast(x.Starts[0]), right0 = left0;
        I left1 = I.Broadcast(x.Starts[1]), right1 = left1;
        I left2 = I.Broadcast(x.Starts[2]), right2 = left2;
        I left3 = I.Broadcast(x.Starts[last]), right3 = left3;
        I ones = I.Broadcast(x.Ones);
        byte* x0 = x.Values;
        byte* x1 = x0 + x.Stride;
        byte* x2 = x1 + x.Stride;
        byte* x3 = x.Values + (last * x.Stride);
        for (nint group = 0, at = 0; group < groups; group++, at += 2 * Int8.Group, weights += Int8.GroupBytes)
        {
            I leftWeights = I.Load(weights);
            I rightWeights = I.Load(weights + (PanelLayout.Half * Int8.Group));
            Step<V, I>(x0 + at, leftWeights, rightWeights, ones, ref left0, ref right0);
            Step<V, I>(x1 + at, leftWeights, rightWeights, ones, ref left1, ref right1);
            Step<V, I>(x2 + at, leftWeights, rightWeights, ones, ref left2, ref right2);
            Step<V, I>(x3 + at, leftWeights, rightWeights, ones, ref left3, ref right3);
        }

        Finish<V, I, TEpilogue>(left0, right0, scales, x.Scales[0], bias, y);
        Finish<V, I, TEpilogue>(left1, right1, scales, x.Scales[1], bias, y + (1 * stride));
        Finish<V, I, TEpilogue>(left2, right2, scales, x.Scales[2], bias, y + (2 * stride));
        if (rows == 4)
        {
            Finish<V, I, TEpilogue>(left3, right3, scales, x.Scales[last], bias, y + (3 * stride));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Six<V, I, TEpilogue>(int rows, QuantizedRows x, nint groups, byte* weights, float* scales, float* bias, float* y, nint stride)
        where V : unmanaged, ISimd<V>
        where I : unmanaged, IIntegers<I, V>
        where TEpilogue : struct, IEpilogue
    {
        int last = rows - 1;
        I left0 = I.Broadcast(x.Starts[0]), right0 = left0;
        I left1 = I.Broadcast(x.Starts[1]), right1 = left1;
        I left2 = I.Broadcast(x.Starts[2]), right2 = left2;
        I left3 = I.Broadcast(x.Starts[3]), right3 = left3;
        I left4 = I.Broadcast(x.Starts[4]), right4 = left4;
        I left5 = I.Broadcast(x.Starts[last]), right5 = left5;
        I ones = I.Broadcast(x.Ones);
        byte* x0 = x.Values;
        byte* x1 = x0 + x.Stride;
        byte* x2 = x1 + x.Stride;
        byte* x3 = x2 + x.Stride;
        byte* x4 = x3 + x.Stride;
        byte* x5 = x.Values + (last * x.Stride);
        for (nint group = 0, at = 0; group < groups; group++, at += 2 * Int8.Group, weights += Int8.GroupBytes)
        {
            I leftWeights = I.Load(weights);
            I rightWeights = I.Load(weights + (PanelLayout.Half * Int8.Group));
            Step<V, I>(x0 + at, leftWeights, rightWeights, ones, ref left0, ref right0);
            Step<V, I>(x1 + at, leftWeights, rightWeights, ones, ref left1, ref right1);
            Step<V, I>(x2 + at, leftWeights, rightWeights, ones, ref left2, ref right2);
            Step<V, I>(x3 + at, leftWeights, rightWeights, ones, ref left3, ref right3);
            Step<V, I>(x4 + at, leftWeights, rightWeights, ones, ref left4, ref right4);
            Step<V, I>(x5 + at, leftWeights, rightWeights, ones, ref left5, ref right5);
        }

        Finish<V, I, TEpilogue>(left0, right0, scales, x.Scales[0], bias, y);
        Finish<V, I, TEpilogue>(left1, right1, scales, x.Scales[1], bias, y + (1 * stride));
        Finish<V, I, TEpilogue>(left2, right2, scales, x.Scales[2], bias, y + (2 * stride));
        Finish<V, I, TEpilogue>(left3, right3, scales, x.Scales[3], bias, y + (3 * stride));
        Finish<V, I, TEpilogue>(left4, right4, scales, x.Scales[4], bias, y + (4 * stride));
        if (rows == 6)
        {
            Finish<V, I, TEpilogue>(left5, right5, scales, x.Scales[last], bias, y + (5 * stride));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Eight<V, I, TEpilogue>(int rows, QuantizedRows x, nint groups, byte* weights, float* scales, float* bias, float* y, nint stride)
        where V : unmanaged, ISimd<V>
        where I : unmanaged, IIntegers<I, V>
        where TEpilogue : struct, IEpilogue
    {
        int last = rows - 1;
        I left0 = I.Broadcast(x.Starts[0]), right0 = left0;
        I left1 = I.Broadcast(x.Starts[1]), right1 = left1;
        I left2 = I.Broadcast(x.Starts[2]), right2 = left2;
        I left3 = I.Broadcast(x.Starts[3]), right3 = left3;
        I left4 = I.Broadcast(x.Starts[4]), right4 = left4;
        I left5 = I.Broadcast(x.Starts[5]), right5 = left5;
        I left6 = I.Broadcast(x.Starts[6]), right6 = left6;
        I left7 = I.Broadcast(x.Starts[last]), right7 = left7;
        I ones = I.Broadcast(x.Ones);
        byte* x0 = x.Values;
        byte* x1 = x0 + x.Stride;
        byte* x2 = x1 + x.Stride;
        byte* x3 = x2 + x.Stride;
        byte* x4 = x3 + x.Stride;
        byte* x5 = x4 + x.Stride;
        byte* x6 = x5 + x.Stride;
        byte* x7 = x.Values + (last * x.Stride);
        for (nint group = 0, at = 0; group < groups; group++, at += 2 * Int8.Group, weights += Int8.GroupBytes)
        {
            I leftWeights = I.Load(weights);
            I rightWeights = I.Load(weights + (PanelLayout.Half * Int8.Group));
            Step<V, I>(x0 + at, leftWeights, rightWeights, ones, ref left0, ref right0);
            Step<V, I>(x1 + at, leftWeights, rightWeights, ones, ref left1, ref right1);
            Step<V, I>(x2 + at, leftWeights, rightWeights, ones, ref left2, ref right2);
            Step<V, I>(x3 + at, leftWeights, rightWeights, ones, ref left3, ref right3);
            Step<V, I>(x4 + at, leftWeights, rightWeights, ones, ref left4, ref right4);
            Step<V, I>(x5 + at, leftWeights, rightWeights, ones, ref left5, ref right5);
            Step<V, I>(x6 + at, leftWeights, rightWeights, ones, ref left6, ref right6);
            Step<V, I>(x7 + at, leftWeights, rightWeights, ones, ref left7, ref right7);
        }

        Finish<V, I, TEpilogue>(left0, right0, scales, x.Scales[0], bias, y);
        Finish<V, I, TEpilogue>(left1, right1, scales, x.Scales[1], bias, y + (1 * stride));
        Finish<V, I, TEpilogue>(left2, right2, scales, x.Scales[2], bias, y + (2 * stride));
        Finish<V, I, TEpilogue>(left3, right3, scales, x.Scales[3], bias, y + (3 * stride));
        Finish<V, I, TEpilogue>(left4, right4, scales, x.Scales[4], bias, y + (4 * stride));
        Finish<V, I, TEpilogue>(left5, right5, scales, x.Scales[5], bias, y + (5 * stride));
        Finish<V, I, TEpilogue>(left6, right6, scales, x.Scales[6], bias, y + (6 * stride));
        if (rows == 8)
        {
            Finish<V, I, TEpilogue>(left7, right7, scales, x.Scales[last], bias, y + (7 * stride));
        }
    }
}
