using System.Runtime.CompilerServices;

namespace Formwork.Kernels;

/// <summary>
/// The register tiles of a projection with 4-bit weights. Within a group sums are exact integers; groups are added up in order, in one
/// accumulator an output, so a row gives the same bits in every tile.
/// </summary>
internal static unsafe class Int4Tile
{
    private const int MaxRows = 4;

    /// <summary>The tallest tile whose sums, weights and input fit the registers.</summary>
    public static int MostRows<V>()
        where V : unmanaged, ISimd<V> => V.Width == 16 ? MaxRows : 2;

    /// <summary>One panel for 1 .. <see cref="MostRows"/> rows; rows of <paramref name="y"/> are <paramref name="stride"/> floats apart.</summary>
    public static void Run<V, I, TEpilogue>(int rows, QuantizedRows x, nint inputs, byte* weights, float* bias, float* y, nint stride)
        where V : unmanaged, ISimd<V>
        where I : unmanaged, IIntegers<I, V>
        where TEpilogue : struct, IEpilogue
    {
        int groups = Int4.GroupsOf(inputs);
        for (int output = 0; output < PanelLayout.Half; output += V.Width)
        {
            byte* from = weights + (output * Int8.Group);
            float* start = bias == null ? null : bias + output;
            switch (rows)
            {
                case 1:
                    One<V, I, TEpilogue>(rows, x, groups, from, start, y + output, stride);
                    break;
                case 2:
                    Two<V, I, TEpilogue>(rows, x, groups, from, start, y + output, stride);
                    break;
                default:
                    Four<V, I, TEpilogue>(rows, x, groups, from, start, y + output, stride);
                    break;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void One<V, I, TEpilogue>(int rows, QuantizedRows x, int groups, byte* weights, float* bias, float* y, nint stride)
        where V : unmanaged, ISimd<V>
        where I : unmanaged, IIntegers<I, V>
        where TEpilogue : struct, IEpilogue
    {
        V left0 = V.Zero, right0 = V.Zero;
        I ones = I.Broadcast(x.Ones);
        byte* x0 = x.Values;
        int* starts0 = x.Starts;
        for (int group = 0; group < groups; group++, weights += Int4.GroupBytes)
        {
            I leftPairs0 = I.Zero, rightPairs0 = I.Zero;
            for (nint at = 0; at < Int4.Group; at += 2 * Int8.Group)
            {
                byte* from = weights + (at / (2 * Int8.Group) * Int8.GroupBytes);
                I leftBytes = I.Load(from);
                I rightBytes = I.Load(from + (PanelLayout.Half * Int8.Group));
                I leftLow = I.LowNibbles(leftBytes);
                I leftHigh = I.HighNibbles(leftBytes);
                I rightLow = I.LowNibbles(rightBytes);
                I rightHigh = I.HighNibbles(rightBytes);
                Step<V, I>(x0 + at, leftLow, leftHigh, rightLow, rightHigh, ref leftPairs0, ref rightPairs0);
            }

            V.LoadBFloat16Pairs((uint*)(weights + Int4.WeightBytes), out V leftScales, out V rightScales);
            Scale(starts0[group], leftPairs0, rightPairs0, ones, leftScales, rightScales, ref left0, ref right0);
            x0 += Int4.Group;
        }

        Finish<V, TEpilogue>(left0, right0, x.Scales[0], bias, y);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Two<V, I, TEpilogue>(int rows, QuantizedRows x, int groups, byte* weights, float* bias, float* y, nint stride)
        where V : unmanaged, ISimd<V>
        where I : unmanaged, IIntegers<I, V>
        where TEpilogue : struct, IEpilogue
    {
        int last = rows - 1;
        V left0 = V.Zero, right0 = V.Zero;
        V left1 = V.Zero, right1 = V.Zero;
        I ones = I.Broadcast(x.Ones);
        byte* x0 = x.Values;
        byte* x1 = x.Values + (last * x.Stride);
        int* starts0 = x.Starts;
        int* starts1 = x.Starts + (last * groups);
        for (int group = 0; group < groups; group++, weights += Int4.GroupBytes)
        {
            I leftPairs0 = I.Zero, rightPairs0 = I.Zero;
            I leftPairs1 = I.Zero, rightPairs1 = I.Zero;
            for (nint at = 0; at < Int4.Group; at += 2 * Int8.Group)
            {
                byte* from = weights + (at / (2 * Int8.Group) * Int8.GroupBytes);
                I leftBytes = I.Load(from);
                I rightBytes = I.Load(from + (PanelLayout.Half * Int8.Group));
                I leftLow = I.LowNibbles(leftBytes);
                I leftHigh = I.HighNibbles(leftBytes);
                I rightLow = I.LowNibbles(rightBytes);
                I rightHigh = I.HighNibbles(rightBytes);
                Step<V, I>(x0 + at, leftLow, leftHigh, rightLow, rightHigh, ref leftPairs0, ref rightPairs0);
                Step<V, I>(x1 + at, leftLow, leftHigh, rightLow, rightHigh, ref leftPairs1, ref rightPairs1);
            }

            V.LoadBFloat16Pairs((uint*)(weights + Int4.WeightBytes), out V leftScales, out V rightScales);
            Scale(starts0[group], leftPairs0, rightPairs0, ones, leftScales, rightScales, ref left0, ref right0);
            x0 += Int4.Group;
            Scale(starts1[group], leftPairs1, rightPairs1, ones, leftScales, rightScales, ref left1, ref right1);
            x1 += Int4.Group;
        }

        Finish<V, TEpilogue>(left0, right0, x.Scales[0], bias, y);
        if (rows == 2)
        {
            Finish<V, TEpilogue>(left1, right1, x.Scales[last], bias, y + (1 * stride));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Four<V, I, TEpilogue>(int rows, QuantizedRows x, int groups, byte* weights, float* bias, float* y, nint stride)
        where V : unmanaged, ISimd<V>
        where I : unmanaged, IIntegers<I, V>
        where TEpilogue : struct, IEpilogue
    {
        int last = rows - 1;
        V left0 = V.Zero, right0 = V.Zero;
        V left1 = V.Zero, right1 = V.Zero;
        V left2 = V.Zero, right2 = V.Zero;
        V left3 = V.Zero, right3 = V.Zero;
        I ones = I.Broadcast(x.Ones);
        byte* x0 = x.Values;
        byte* x1 = x.Values + (1 * x.Stride);
        byte* x2 = x.Values + (2 * x.Stride);
        byte* x3 = x.Values + (last * x.Stride);
        int* starts0 = x.Starts;
        int* starts1 = x.Starts + (1 * groups);
        int* starts2 = x.Starts + (2 * groups);
        int* starts3 = x.Starts + (last * groups);
        for (int group = 0; group < groups; group++, weights += Int4.GroupBytes)
        {
            I leftPairs0 = I.Zero, rightPairs0 = I.Zero;
            I leftPairs1 = I.Zero, rightPairs1 = I.Zero;
            I leftPairs2 = I.Zero, rightPairs2 = I.Zero;
            I leftPairs3 = I.Zero, rightPairs3 = I.Zero;
            for (nint at = 0; at < Int4.Group; at += 2 * Int8.Group)
            {
                byte* from = weights + (at / (2 * Int8.Group) * Int8.GroupBytes);
                I leftBytes = I.Load(from);
                I rightBytes = I.Load(from + (PanelLayout.Half * Int8.Group));
                I leftLow = I.LowNibbles(leftBytes);
                I leftHigh = I.HighNibbles(leftBytes);
                I rightLow = I.LowNibbles(rightBytes);
                I rightHigh = I.HighNibbles(rightBytes);
                Step<V, I>(x0 + at, leftLow, leftHigh, rightLow, rightHigh, ref leftPairs0, ref rightPairs0);
                Step<V, I>(x1 + at, leftLow, leftHigh, rightLow, rightHigh, ref leftPairs1, ref rightPairs1);
                Step<V, I>(x2 + at, leftLow, leftHigh, rightLow, rightHigh, ref leftPairs2, ref rightPairs2);
                Step<V, I>(x3 + at, leftLow, leftHigh, rightLow, rightHigh, ref leftPairs3, ref rightPairs3);
            }

            V.LoadBFloat16Pairs((uint*)(weights + Int4.WeightBytes), out V leftScales, out V rightScales);
            Scale(starts0[group], leftPairs0, rightPairs0, ones, leftScales, rightScales, ref left0, ref right0);
            x0 += Int4.Group;
            Scale(starts1[group], leftPairs1, rightPairs1, ones, leftScales, rightScales, ref left1, ref right1);
            x1 += Int4.Group;
            Scale(starts2[group], leftPairs2, rightPairs2, ones, leftScales, rightScales, ref left2, ref right2);
            x2 += Int4.Group;
            Scale(starts3[group], leftPairs3, rightPairs3, ones, leftScales, rightScales, ref left3, ref right3);
            x3 += Int4.Group;
        }

        Finish<V, TEpilogue>(left0, right0, x.Scales[0], bias, y);
        Finish<V, TEpilogue>(left1, right1, x.Scales[1], bias, y + (1 * stride));
        Finish<V, TEpilogue>(left2, right2, x.Scales[2], bias, y + (2 * stride));
        if (rows == 4)
        {
            Finish<V, TEpilogue>(left3, right3, x.Scales[last], bias, y + (3 * stride));
        }
    }

    /// <summary>Eight inputs of one row. At most eight such pairs of products, 2 · 15 · 127 each, are added up in 16 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step<V, I>(byte* x, I leftLow, I leftHigh, I rightLow, I rightHigh, ref I left, ref I right)
        where V : unmanaged, ISimd<V>
        where I : unmanaged, IIntegers<I, V>
    {
        I low = I.Broadcast(*(int*)x);
        I high = I.Broadcast(*(int*)(x + Int8.Group));
        left = I.AddShorts(left, I.AddShorts(I.PairProducts(leftLow, low), I.PairProducts(leftHigh, high)));
        right = I.AddShorts(right, I.AddShorts(I.PairProducts(rightLow, low), I.PairProducts(rightHigh, high)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Scale<V, I>(int start, I leftPairs, I rightPairs, I ones, V leftScales, V rightScales, ref V left, ref V right)
        where V : unmanaged, ISimd<V>
        where I : unmanaged, IIntegers<I, V>
    {
        I everywhere = I.Broadcast(start);
        left = V.MultiplyAdd(I.ToFloats(I.Add(I.SumPairs(leftPairs, ones), everywhere)), leftScales, left);
        right = V.MultiplyAdd(I.ToFloats(I.Add(I.SumPairs(rightPairs, ones), everywhere)), rightScales, right);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<V, TEpilogue>(V left, V right, float scale, float* bias, float* y)
        where V : unmanaged, ISimd<V>
        where TEpilogue : struct, IEpilogue
    {
        V factor = V.Broadcast(scale);
        V first = V.MultiplyAdd(left, factor, bias == null ? V.Zero : V.Load(bias));
        V second = V.MultiplyAdd(right, factor, bias == null ? V.Zero : V.Load(bias + PanelLayout.Half));
        V.Store(y, TEpilogue.Accumulates ? V.Load(y) + first : first);
        V.Store(y + PanelLayout.Half, TEpilogue.Accumulates ? V.Load(y + PanelLayout.Half) + second : second);
    }
}
