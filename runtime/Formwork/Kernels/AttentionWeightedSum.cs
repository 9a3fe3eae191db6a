using System.Runtime.CompilerServices;

namespace Formwork.Kernels;

/// <summary><see cref="Attention.WeightedSum"/>: registers of the head's columns, each summed down the positions.</summary>
internal static unsafe class AttentionWeightedSum
{
    /// <summary>For heads of at least one register. What is left over at the end is covered by one more register that overlaps the last.</summary>
    public static void Run<V>(float* weights, float* values, float* context, nint length, nint headDim)
        where V : unmanaged, ISimd<V>
    {
        nint column = 0;
        for (; column <= headDim - (4 * V.Width); column += 4 * V.Width)
        {
            FourColumns<V>(weights, values + column, context + column, length, headDim);
        }

        for (; column <= headDim - V.Width; column += V.Width)
        {
            OneColumn<V>(weights, values + column, context + column, length, headDim);
        }

        if (column < headDim)
        {
            column = headDim - V.Width;
            OneColumn<V>(weights, values + column, context + column, length, headDim);
        }
    }

    /// <summary>For heads narrower than any register.</summary>
    public static void Narrow(float* weights, float* values, float* context, nint length, nint headDim)
    {
        for (nint j = 0; j < headDim; j++)
        {
            float sum = 0;
            for (nint t = 0; t < length; t++)
            {
                sum += weights[t] * values[(t * headDim) + j];
            }

            context[j] = sum;
        }
    }

    /// <summary>Four registers of columns; even and odd positions apart, so that eight sums run side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourColumns<V>(float* weights, float* values, float* context, nint length, nint stride)
        where V : unmanaged, ISimd<V>
    {
        V even0 = V.Zero, odd0 = V.Zero;
        V even1 = V.Zero, odd1 = V.Zero;
        V even2 = V.Zero, odd2 = V.Zero;
        V even3 = V.Zero, odd3 = V.Zero;
        nint t = 0;
        for (; t <= length - 2; t += 2, values += 2 * stride)
        {
            Step(weights[t], values, ref even0, ref even1, ref even2, ref even3);
            Step(weights[t + 1], values + stride, ref odd0, ref odd1, ref odd2, ref odd3);
        }

        if (t < length)
        {
            Step(weights[t], values, ref even0, ref even1, ref even2, ref even3);
        }

        V.Store(context, even0 + odd0);
        V.Store(context + V.Width, even1 + odd1);
        V.Store(context + (2 * V.Width), even2 + odd2);
        V.Store(context + (3 * V.Width), even3 + odd3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step<V>(float weight, float* values, ref V sum0, ref V sum1, ref V sum2, ref V sum3)
        where V : unmanaged, ISimd<V>
    {
        V everywhere = V.Broadcast(weight);
        sum0 = V.MultiplyAdd(everywhere, V.Load(values), sum0);
        sum1 = V.MultiplyAdd(everywhere, V.Load(values + V.Width), sum1);
        sum2 = V.MultiplyAdd(everywhere, V.Load(values + (2 * V.Width)), sum2);
        sum3 = V.MultiplyAdd(everywhere, V.Load(values + (3 * V.Width)), sum3);
    }

    /// <summary>
    /// One register of columns; four partial sums, by position mod 4 to the very end, so that positions of weight zero past the last one
    /// would not change a bit.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OneColumn<V>(float* weights, float* values, float* context, nint length, nint stride)
        where V : unmanaged, ISimd<V>
    {
        V sum0 = V.Zero;
        V sum1 = V.Zero;
        V sum2 = V.Zero;
        V sum3 = V.Zero;
        nint t = 0;
        for (; t <= length - 4; t += 4, values += 4 * stride)
        {
            sum0 = V.MultiplyAdd(V.Broadcast(weights[t]), V.Load(values), sum0);
            sum1 = V.MultiplyAdd(V.Broadcast(weights[t + 1]), V.Load(values + stride), sum1);
            sum2 = V.MultiplyAdd(V.Broadcast(weights[t + 2]), V.Load(values + (2 * stride)), sum2);
            sum3 = V.MultiplyAdd(V.Broadcast(weights[t + 3]), V.Load(values + (3 * stride)), sum3);
        }

        if (t < length)
        {
            sum0 = V.MultiplyAdd(V.Broadcast(weights[t]), V.Load(values), sum0);
        }

        if (t + 1 < length)
        {
            sum1 = V.MultiplyAdd(V.Broadcast(weights[t + 1]), V.Load(values + stride), sum1);
        }

        if (t + 2 < length)
        {
            sum2 = V.MultiplyAdd(V.Broadcast(weights[t + 2]), V.Load(values + (2 * stride)), sum2);
        }

        V.Store(context, sum0 + sum1 + (sum2 + sum3));
    }
}
