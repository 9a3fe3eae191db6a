using System.Runtime.CompilerServices;

namespace Formwork.Kernels;

/// <summary>
/// Rows of activations made integers: symmetric, 8 bits, each row with the scale that its largest magnitude needs. A row's integers depend on
/// nothing but the row.
/// </summary>
internal static unsafe class QuantizedActivations
{
    /// <summary>Bytes of stack that quantised rows may take, a single row apart: little enough to stay in the first-level cache.</summary>
    private const int Budget = 32 << 10;

    private const int TallestTile = 8;

    /// <summary>Rows that are quantised at once: whole tiles where there is room.</summary>
    public static int BlockRows(int rows, nint rowBytes)
    {
        int fit = (int)Math.Clamp(Budget / Math.Max(rowBytes, 1), 1, 64);
        fit = fit > TallestTile ? fit - (fit % TallestTile) : fit;
        return Math.Min(rows, fit);
    }

    /// <summary>The largest magnitude of a row and 127 over it; NaN for a row that is not finite, 0 for one of zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Scale<V>(float* x, nint inputs, out float inverse)
        where V : unmanaged, ISimd<V>
    {
        V largest = V.Zero;
        V poison = V.Zero;
        nint k = 0;
        for (; k <= inputs - V.Width; k += V.Width)
        {
            V values = V.Load(x + k);
            largest = V.Max(largest, V.Abs(values));
            poison = V.MultiplyAdd(values, V.Zero, poison);
        }

        if (k < inputs)
        {
            V values = Partial.Load<V>(x + k, inputs - k, 0f);
            largest = V.Max(largest, V.Abs(values));
            poison = V.MultiplyAdd(values, V.Zero, poison);
        }

        // Zero times a number is zero, times infinity or NaN is NaN, and NaN stays in a sum.
        float scale = V.MaxLane(largest) / Int8.Largest;
        bool isFinite = V.EqualLanes(poison, V.Zero) == (uint)((1ul << V.Width) - 1);
        inverse = isFinite && scale > Quantizer.Smallest ? 1 / scale : 0;
        return !isFinite ? float.NaN : inverse == 0 ? 0 : scale;
    }

    /// <summary>
    /// Writes a row for <see cref="IIntegers{TSelf, TFloats}.AddProducts"/>: for every four inputs their magnitudes, then their sign bytes, zeros
    /// for padding. A negative activation's weights are inverted bit by bit there, which gives −w − 1 instead of −w: the sum lacks the
    /// magnitude once, so sums start at the total of the negative activations' magnitudes, which is returned.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int WriteMagnitudesAndSigns<V, I>(float* x, nint inputs, nint padded, float inverse, byte* to)
        where V : unmanaged, ISimd<V>
        where I : unmanaged, IIntegers<I, V>
    {
        V factor = V.Broadcast(inverse);
        I total = I.Zero;
        nint k = 0;
        for (; k <= inputs - V.Width; k += V.Width)
        {
            I whole = I.FromWholeFloats(V.Round(V.Load(x + k) * factor));
            I magnitudes = I.Abs(whole);
            I signs = I.Signs(whole);
            total = I.Add(total, I.And(magnitudes, signs));
            I.StoreLowBytesInTurns(to + (2 * k), magnitudes, signs);
        }

        int start = I.Sum(total);
        for (; k < padded; k++)
        {
            int whole = k < inputs ? (int)MathF.Round(x[k] * inverse) : 0;
            byte* group = to + (k / Int8.Group * 2 * Int8.Group) + (k % Int8.Group);
            group[0] = (byte)Math.Abs(whole);
            group[Int8.Group] = (byte)(whole >> 31);
            start += Math.Abs(whole) & (whole >> 31);
        }

        return start;
    }

    /// <summary>
    /// Writes a row as signed bytes, zeros for padding, and what each group's sum starts at: half bytes are weights plus 8, so a sum has eight times
    /// its activations too much.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void WriteBytes<V, I>(float* x, nint inputs, int groups, float inverse, byte* to, int* starts)
        where V : unmanaged, ISimd<V>
        where I : unmanaged, IIntegers<I, V>
    {
        V factor = V.Broadcast(inverse);
        nint k = 0;
        for (; k <= inputs - V.Width; k += V.Width)
        {
            I.StoreLowBytes(to + k, I.FromWholeFloats(V.Round(V.Load(x + k) * factor)));
        }

        for (; k < groups * Int4.Group; k++)
        {
            to[k] = (byte)(k < inputs ? (int)MathF.Round(x[k] * inverse) : 0);
        }

        sbyte* written = (sbyte*)to;
        for (int group = 0; group < groups; group++, written += Int4.Group)
        {
            int sum = 0;
            for (int i = 0; i < Int4.Group; i++)
            {
                sum += written[i];
            }

            starts[group] = -Int4.Zero * sum;
        }
    }
}
