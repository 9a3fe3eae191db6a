using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Formwork.Kernels;

/// <summary>The few best tokens of a vocabulary: a beam's candidates.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class TopK
{
    /// <summary>
    /// Finds the largest scores, largest first and the lower index first among equals. −∞ and NaN are not found, so there may be fewer than asked for.
    /// </summary>
    /// <param name="scores">Scores [vocabulary].</param>
    /// <param name="indices">Receives their indices; its length is the most that are found.</param>
    /// <param name="values">Receives the scores; as long as <paramref name="indices"/>.</param>
    /// <returns>The number found.</returns>
    /// <exception cref="ArgumentException">The two results differ in length.</exception>
    public static int Find(ReadOnlySpan<float> scores, Span<int> indices, Span<float> values)
    {
        ShapeGate.Exactly(indices.Length, values.Length, nameof(values), "as long as the indices");
        if (indices.IsEmpty)
        {
            return 0;
        }

        fixed (float* pointer = scores)
        {
            return Simd.UseAvx512 ? Run<Simd512>(pointer, scores.Length, indices, values)
                : Simd.UseAvx2 ? Run<Simd256>(pointer, scores.Length, indices, values)
                : Run<Simd128>(pointer, scores.Length, indices, values);
        }
    }

    /// <summary>Almost every register holds nothing above the least of the best so far, and costs one comparison.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Run<V>(float* scores, nint length, Span<int> indices, Span<float> values)
        where V : unmanaged, ISimd<V>
    {
        int count = 0;
        float least = float.NegativeInfinity;
        nint i = 0;
        for (; i <= length - V.Width; i += V.Width)
        {
            for (uint greater = V.GreaterLanes(V.Load(scores + i), V.Broadcast(least)); greater != 0; greater &= greater - 1)
            {
                nint at = i + BitOperations.TrailingZeroCount(greater);
                Insert(indices, values, ref count, ref least, (int)at, scores[at]);
            }
        }

        for (; i < length; i++)
        {
            Insert(indices, values, ref count, ref least, (int)i, scores[i]);
        }

        return count;
    }

    private static void Insert(Span<int> indices, Span<float> values, ref int count, ref float least, int index, float value)
    {
        if (!(value > least))
        {
            return;
        }

        int place = count < indices.Length ? count++ : count - 1;
        for (; place > 0 && values[place - 1] < value; place--)
        {
            indices[place] = indices[place - 1];
            values[place] = values[place - 1];
        }

        indices[place] = index;
        values[place] = value;
        if (count == indices.Length)
        {
            least = values[^1];
        }
    }
}
