using System.Runtime.CompilerServices;
using Formwork.Threading;

namespace Formwork.Kernels;

/// <summary><see cref="Attention.Encode"/>, cut into blocks of one head's rows that do not depend on each other, for any number of threads.</summary>
internal static unsafe class AttentionRows
{
    /// <summary>Multiply-adds that are worth handing to another thread: some tens of microseconds.</summary>
    private const long WorthSharing = 1 << 19;

    /// <summary>Parts a thread, so that one that starts late or is interrupted does not hold up the others.</summary>
    private const int PartsPerThread = 4;

    public static void Run<V>(Workers? workers, AttentionOperands operands)
        where V : unmanaged, ISimd<V>
    {
        long units = (long)operands.Heads * BlocksOf<V>(operands.Rows);
        long work = 2L * operands.Heads * operands.Rows * operands.Length * operands.HeadDim;
        if (workers is null || work < 2 * WorthSharing)
        {
            Part<V>(&operands, 0, 1);
        }
        else
        {
            long parts = Math.Min(Math.Min(units, workers.Threads * (long)PartsPerThread), work / WorthSharing);
            workers.Run(&Part<V>, &operands, (int)parts);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Part<V>(void* job, int part, int parts)
        where V : unmanaged, ISimd<V>
    {
        AttentionOperands* operands = (AttentionOperands*)job;
        int blocks = BlocksOf<V>(operands->Rows);
        long units = (long)operands->Heads * blocks;
        long end = units * (part + 1) / parts;
        for (long unit = units * part / parts; unit < end; unit++)
        {
            int first = (int)(unit % blocks) * AttentionBlock.RowsOf<V>();
            int rows = Math.Min(operands->Rows - first, AttentionBlock.RowsOf<V>());
            AttentionBlock.Run<V>(*operands, (int)(unit / blocks), first, rows);
        }
    }

    private static int BlocksOf<V>(int rows)
        where V : unmanaged, ISimd<V> => (rows + AttentionBlock.RowsOf<V>() - 1) / AttentionBlock.RowsOf<V>();
}
