using System.Runtime.CompilerServices;

namespace Formwork.Kernels;

/// <summary>
/// <c>context[j] += Σₜ terms[t] · values[t][j]</c> for one row of terms: registers of the head's columns, each summed down the positions.
/// What is left of the columns behind whole registers goes to narrower ones, and at last one by one.
/// </summary>
internal static unsafe class AttentionColumns
{
    /// <param name="terms">Terms [length].</param>
    /// <param name="values">Values [length][headDim].</param>
    /// <param name="context">The sums [headDim].</param>
    /// <param name="length">Positions.</param>
    /// <param name="headDim">Columns.</param>
    /// <param name="isFirst">Whether sums start at zero rather than at what <paramref name="context"/> holds.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<V>(float* terms, float* values, float* context, nint length, nint headDim, bool isFirst)
        where V : unmanaged, ISimd<V>
    {
        nint column = Whole<V>(terms, values, context, length, headDim, 0, isFirst);
        if (column == headDim)
        {
            return;
        }

        if (V.Width > Simd256.Width)
        {
            column = Whole<Simd256>(terms, values, context, length, headDim, column, isFirst);
        }

        if (V.Width > Simd128.Width)
        {
            column = Whole<Simd128>(terms, values, context, length, headDim, column, isFirst);
        }

        for (; column < headDim; column++)
        {
            context[column] = Dot(isFirst ? 0f : context[column], terms, values + column, length, headDim);
        }
    }

    /// <summary>One column: <c>sum + Σₜ terms[t] · values[t · stride]</c>.</summary>
    public static float Dot(float sum, float* terms, float* values, nint length, nint stride)
    {
        for (nint t = 0; t < length; t++)
        {
            sum += terms[t] * values[t * stride];
        }

        return sum;
    }

    /// <summary>The columns from <paramref name="column"/> on that fill registers; returns the first that does not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Whole<V>(float* terms, float* values, float* context, nint length, nint headDim, nint column, bool isFirst)
        where V : unmanaged, ISimd<V>
    {
        for (; column <= headDim - (4 * V.Width); column += 4 * V.Width)
        {
            Four<V>(terms, values + column, context + column, length, headDim, isFirst);
        }

        if (column <= headDim - (2 * V.Width))
        {
            Two<V>(terms, values + column, context + column, length, headDim, isFirst);
            column += 2 * V.Width;
        }

        if (column <= headDim - V.Width)
        {
            One<V>(terms, values + column, context + column, length, headDim, isFirst);
            column += V.Width;
        }

        return column;
    }

    /// <summary>Even and odd positions apart, so that eight sums run side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Four<V>(float* terms, float* values, float* context, nint length, nint stride, bool isFirst)
        where V : unmanaged, ISimd<V>
    {
        V even0 = isFirst ? V.Zero : V.Load(context), odd0 = V.Zero;
        V even1 = isFirst ? V.Zero : V.Load(context + V.Width), odd1 = V.Zero;
        V even2 = isFirst ? V.Zero : V.Load(context + (2 * V.Width)), odd2 = V.Zero;
        V even3 = isFirst ? V.Zero : V.Load(context + (3 * V.Width)), odd3 = V.Zero;
        nint t = 0;
        for (; t <= length - 2; t += 2, values += 2 * stride)
        {
            Step(terms[t], values, ref even0, ref even1);
            Step(terms[t], values + (2 * V.Width), ref even2, ref even3);
            Step(terms[t + 1], values + stride, ref odd0, ref odd1);
            Step(terms[t + 1], values + stride + (2 * V.Width), ref odd2, ref odd3);
        }

        if (t < length)
        {
            Step(terms[t], values, ref even0, ref even1);
            Step(terms[t], values + (2 * V.Width), ref even2, ref even3);
        }

        V.Store(context, even0 + odd0);
        V.Store(context + V.Width, even1 + odd1);
        V.Store(context + (2 * V.Width), even2 + odd2);
        V.Store(context + (3 * V.Width), even3 + odd3);
    }

    /// <summary>
    /// Four positions apart: eight sums again, by position mod 4 to the very end, so that positions behind the last that count nothing would
    /// not change a bit.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Two<V>(float* terms, float* values, float* context, nint length, nint stride, bool isFirst)
        where V : unmanaged, ISimd<V>
    {
        V left0 = isFirst ? V.Zero : V.Load(context), right0 = isFirst ? V.Zero : V.Load(context + V.Width);
        V left1 = V.Zero, right1 = V.Zero;
        V left2 = V.Zero, right2 = V.Zero;
        V left3 = V.Zero, right3 = V.Zero;
        nint t = 0;
        for (; t <= length - 4; t += 4, values += 4 * stride)
        {
            Step(terms[t], values, ref left0, ref right0);
            Step(terms[t + 1], values + stride, ref left1, ref right1);
            Step(terms[t + 2], values + (2 * stride), ref left2, ref right2);
            Step(terms[t + 3], values + (3 * stride), ref left3, ref right3);
        }

        if (t < length)
        {
            Step(terms[t], values, ref left0, ref right0);
        }

        if (t + 1 < length)
        {
            Step(terms[t + 1], values + stride, ref left1, ref right1);
        }

        if (t + 2 < length)
        {
            Step(terms[t + 2], values + (2 * stride), ref left2, ref right2);
        }

        V.Store(context, left0 + left1 + (left2 + left3));
        V.Store(context + V.Width, right0 + right1 + (right2 + right3));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void One<V>(float* terms, float* values, float* context, nint length, nint stride, bool isFirst)
        where V : unmanaged, ISimd<V>
    {
        V sum0 = isFirst ? V.Zero : V.Load(context);
        V sum1 = V.Zero;
        V sum2 = V.Zero;
        V sum3 = V.Zero;
        nint t = 0;
        for (; t <= length - 4; t += 4, values += 4 * stride)
        {
            sum0 = V.MultiplyAdd(V.Broadcast(terms[t]), V.Load(values), sum0);
            sum1 = V.MultiplyAdd(V.Broadcast(terms[t + 1]), V.Load(values + stride), sum1);
            sum2 = V.MultiplyAdd(V.Broadcast(terms[t + 2]), V.Load(values + (2 * stride)), sum2);
            sum3 = V.MultiplyAdd(V.Broadcast(terms[t + 3]), V.Load(values + (3 * stride)), sum3);
        }

        if (t < length)
        {
            sum0 = V.MultiplyAdd(V.Broadcast(terms[t]), V.Load(values), sum0);
        }

        if (t + 1 < length)
        {
            sum1 = V.MultiplyAdd(V.Broadcast(terms[t + 1]), V.Load(values + stride), sum1);
        }

        if (t + 2 < length)
        {
            sum2 = V.MultiplyAdd(V.Broadcast(terms[t + 2]), V.Load(values + (2 * stride)), sum2);
        }

        V.Store(context, sum0 + sum1 + (sum2 + sum3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step<V>(float term, float* values, ref V left, ref V right)
        where V : unmanaged, ISimd<V>
    {
        V everywhere = V.Broadcast(term);
        left = V.MultiplyAdd(everywhere, V.Load(values), left);
        right = V.MultiplyAdd(everywhere, V.Load(values + V.Width), right);
    }
}
