using System.Runtime.CompilerServices;

namespace Formwork.Kernels;

/// <summary>A projection of one row with 8-bit weights: a panel at a time, read as one stream, which is what memory delivers fastest.</summary>
internal static unsafe class Int8Row<V, I, TEpilogue>
    where V : unmanaged, ISimd<V>
    where I : unmanaged, IIntegers<I, V>
    where TEpilogue : struct, IEpilogue
{
    /// <summary>One panel.</summary>
    public static void Run(QuantizedRows x, nint groups, byte* weights, float* scales, float* bias, float* y)
    {
        switch (V.Width)
        {
            case 16:
                One(x, groups, weights, scales, bias, y);
                break;
            case 8:
                Two(x, groups, weights, scales, bias, y);
                break;
            default:
                Four(x, groups, weights, scales, bias, y);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void One(QuantizedRows x, nint groups, byte* weights, float* scales, float* bias, float* y)
    {
        byte* values = x.Values;
        I left0 = I.Broadcast(x.Starts[0]), right0 = left0;
        I left1 = I.Zero, right1 = I.Zero;
        for (nint group = 0; group < groups; group += 2, values += 4 * Int8.Group, weights += 2 * Int8.GroupBytes)
        {
            Step(values, weights, ref left0, ref right0);
            Step(values + (2 * Int8.Group), weights + Int8.GroupBytes, ref left1, ref right1);
        }

        Int8Tile.Finish<V, I, TEpilogue>(I.Add(left0, left1), I.Add(right0, right1), scales, x.Scales[0], bias, y);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Two(QuantizedRows x, nint groups, byte* weights, float* scales, float* bias, float* y)
    {
        byte* values = x.Values;
        I left0 = I.Broadcast(x.Starts[0]), right0 = left0;
        I left1 = I.Broadcast(x.Starts[0]), right1 = left1;
        for (nint group = 0; group < groups; group++, values += 2 * Int8.Group, weights += Int8.GroupBytes)
        {
            Step(values, weights, ref left0, ref right0);
            Step(values, weights + (1 * V.Width * Int8.Group), ref left1, ref right1);
        }

        Finish(0, left0, right0, scales, x.Scales[0], bias, y);
        Finish(1, left1, right1, scales, x.Scales[0], bias, y);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Four(QuantizedRows x, nint groups, byte* weights, float* scales, float* bias, float* y)
    {
        byte* values = x.Values;
        I left0 = I.Broadcast(x.Starts[0]), right0 = left0;
        I left1 = I.Broadcast(x.Starts[0]), right1 = left1;
        I left2 = I.Broadcast(x.Starts[0]), right2 = left2;
        I left3 = I.Broadcast(x.Starts[0]), right3 = left3;
        for (nint group = 0; group < groups; group++, values += 2 * Int8.Group, weights += Int8.GroupBytes)
        {
            Step(values, weights, ref left0, ref right0);
            Step(values, weights + (1 * V.Width * Int8.Group), ref left1, ref right1);
            Step(values, weights + (2 * V.Width * Int8.Group), ref left2, ref right2);
            Step(values, weights + (3 * V.Width * Int8.Group), ref left3, ref right3);
        }

        Finish(0, left0, right0, scales, x.Scales[0], bias, y);
        Finish(1, left1, right1, scales, x.Scales[0], bias, y);
        Finish(2, left2, right2, scales, x.Scales[0], bias, y);
        Finish(3, left3, right3, scales, x.Scales[0], bias, y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step(byte* x, byte* weights, ref I left, ref I right) =>
        Int8Tile.Step<V, I>(x, I.Load(weights), I.Load(weights + (PanelLayout.Half * Int8.Group)), ref left, ref right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(int pair, I left, I right, float* scales, float scale, float* bias, float* y)
    {
        int output = pair * V.Width;
        Int8Tile.Finish<V, I, TEpilogue>(left, right, scales + output, scale, bias == null ? null : bias + output, y + output);
    }
}
