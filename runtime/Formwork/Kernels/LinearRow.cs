using System.Runtime.CompilerServices;

namespace Formwork.Kernels;

/// <summary>
/// <see cref="Linear.Apply"/> for one row. Each output's sum is one chain of dependent multiply-adds, which alone would leave the processor
/// waiting; so eight registers of outputs, taken across as many panels as that spans, go through the inputs together.
/// </summary>
internal static unsafe class LinearRow
{
    private const int MostVectors = 8;
    private const int WidestVector = 16;

    [SkipLocalsInit]
    public static void Run<V>(in LinearOperands operands)
        where V : unmanaged, ISimd<V>
    {
        float* whole = stackalloc float[MostVectors * WidestVector];
        int padded = PanelLayout.PaddedOutputs(operands.Outputs);
        for (int output = 0; output < padded;)
        {
            int vectors = Math.Min(MostVectors, (padded - output) / V.Width);
            vectors = vectors >= MostVectors ? MostVectors : vectors >= 4 ? 4 : 2;

            int remaining = operands.Outputs - output;
            bool fits = vectors * V.Width <= remaining;
            float* destination = fits ? operands.Y + output : whole;

            float* weight = operands.Weight + (output * operands.Inputs);
            float* bias = operands.BiasAt(output);
            switch (vectors)
            {
                case MostVectors:
                    Eight<V>(operands.X, operands.Inputs, weight, bias, destination);
                    break;
                case 4:
                    Four<V>(operands.X, operands.Inputs, weight, bias, destination);
                    break;
                default:
                    Two<V>(operands.X, operands.Inputs, weight, bias, destination);
                    break;
            }

            if (!fits)
            {
                Unsafe.CopyBlockUnaligned(operands.Y + output, whole, (uint)remaining * sizeof(float));
            }

            output += vectors * V.Width;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Eight<V>(float* x, nint inputs, float* weight, float* bias, float* y)
        where V : unmanaged, ISimd<V>
    {
        V sum0 = Start<V>(bias, 0);
        V sum1 = Start<V>(bias, 1);
        V sum2 = Start<V>(bias, 2);
        V sum3 = Start<V>(bias, 3);
        V sum4 = Start<V>(bias, 4);
        V sum5 = Start<V>(bias, 5);
        V sum6 = Start<V>(bias, 6);
        V sum7 = Start<V>(bias, 7);
        float* weight0 = weight + Offset<V>(0, inputs);
        float* weight1 = weight + Offset<V>(1, inputs);
        float* weight2 = weight + Offset<V>(2, inputs);
        float* weight3 = weight + Offset<V>(3, inputs);
        float* weight4 = weight + Offset<V>(4, inputs);
        float* weight5 = weight + Offset<V>(5, inputs);
        float* weight6 = weight + Offset<V>(6, inputs);
        float* weight7 = weight + Offset<V>(7, inputs);
        for (nint k = 0, at = 0; k < inputs; k++, at += PanelLayout.Width)
        {
            V input = V.Broadcast(x[k]);
            sum0 = V.MultiplyAdd(input, V.Load(weight0 + at), sum0);
            sum1 = V.MultiplyAdd(input, V.Load(weight1 + at), sum1);
            sum2 = V.MultiplyAdd(input, V.Load(weight2 + at), sum2);
            sum3 = V.MultiplyAdd(input, V.Load(weight3 + at), sum3);
            sum4 = V.MultiplyAdd(input, V.Load(weight4 + at), sum4);
            sum5 = V.MultiplyAdd(input, V.Load(weight5 + at), sum5);
            sum6 = V.MultiplyAdd(input, V.Load(weight6 + at), sum6);
            sum7 = V.MultiplyAdd(input, V.Load(weight7 + at), sum7);
        }

        V.Store(y, sum0);
        V.Store(y + V.Width, sum1);
        V.Store(y + (2 * V.Width), sum2);
        V.Store(y + (3 * V.Width), sum3);
        V.Store(y + (4 * V.Width), sum4);
        V.Store(y + (5 * V.Width), sum5);
        V.Store(y + (6 * V.Width), sum6);
        V.Store(y + (7 * V.Width), sum7);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Four<V>(float* x, nint inputs, float* weight, float* bias, float* y)
        where V : unmanaged, ISimd<V>
    {
        V sum0 = Start<V>(bias, 0);
        V sum1 = Start<V>(bias, 1);
        V sum2 = Start<V>(bias, 2);
        V sum3 = Start<V>(bias, 3);
        float* weight0 = weight + Offset<V>(0, inputs);
        float* weight1 = weight + Offset<V>(1, inputs);
        float* weight2 = weight + Offset<V>(2, inputs);
        float* weight3 = weight + Offset<V>(3, inputs);
        for (nint k = 0, at = 0; k < inputs; k++, at += PanelLayout.Width)
        {
            V input = V.Broadcast(x[k]);
            sum0 = V.MultiplyAdd(input, V.Load(weight0 + at), sum0);
            sum1 = V.MultiplyAdd(input, V.Load(weight1 + at), sum1);
            sum2 = V.MultiplyAdd(input, V.Load(weight2 + at), sum2);
            sum3 = V.MultiplyAdd(input, V.Load(weight3 + at), sum3);
        }

        V.Store(y, sum0);
        V.Store(y + V.Width, sum1);
        V.Store(y + (2 * V.Width), sum2);
        V.Store(y + (3 * V.Width), sum3);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Two<V>(float* x, nint inputs, float* weight, float* bias, float* y)
        where V : unmanaged, ISimd<V>
    {
        V sum0 = Start<V>(bias, 0);
        V sum1 = Start<V>(bias, 1);
        float* weight0 = weight + Offset<V>(0, inputs);
        float* weight1 = weight + Offset<V>(1, inputs);
        for (nint k = 0, at = 0; k < inputs; k++, at += PanelLayout.Width)
        {
            V input = V.Broadcast(x[k]);
            sum0 = V.MultiplyAdd(input, V.Load(weight0 + at), sum0);
            sum1 = V.MultiplyAdd(input, V.Load(weight1 + at), sum1);
        }

        V.Store(y, sum0);
        V.Store(y + V.Width, sum1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Start<V>(float* bias, int vector)
        where V : unmanaged, ISimd<V> => bias == null ? V.Zero : V.Load(bias + (vector * V.Width));

    /// <summary>Where the weights of a register of outputs begin, counting registers on from the start of a panel into the next ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Offset<V>(int vector, nint inputs)
        where V : unmanaged, ISimd<V>
    {
        int perPanel = PanelLayout.Width / V.Width;
        return (vector / perPanel * inputs * PanelLayout.Width) + (vector % perPanel * V.Width);
    }
}
