using Formwork.Kernels;

namespace Formwork.Tests.Kernels;

[Trait("Category", "Kernels")]
public class KernelAllocationTests
{
    [Fact]
    public void No_kernel_allocates()
    {
        // Ragged sizes, so that partial registers, clipped tiles and both linear kernels all run.
        float[] x = new float[5 * 37];
        using PackedMatrix<Float32> weight = new(new float[70 * 37], 70, 37);
        using PackedMatrix<Int8> bytes = new(new float[70 * 37], 70, 37);
        using PackedMatrix<Int4> halfBytes = new(new float[70 * 37], 70, 37);
        float[] bias = new float[PanelLayout.PaddedOutputs(70)];
        float[] y = new float[5 * 70];
        float[] cache = new float[37 * 32];
        float[] weights = new float[32];
        float[] copy = new float[37 * 32];
        int[] best = new int[8];
        float[] bestScores = new float[8];

        void Run()
        {
            Linear.Apply(null, x, weight.Matrix, bias, y, 5);
            Linear.Apply(null, x.AsSpan(0, 37), weight.Matrix, [], y.AsSpan(0, 70), 1);
            Linear.Accumulate(null, x, bytes.Matrix, bias, y, 5);
            Linear.Silu(null, x, halfBytes.Matrix, bias, y, 5);
            _ = Linear.ArgMax(null, x.AsSpan(0, 37), bytes.Matrix, bias);
            LayerNorm.Apply(x, x.AsSpan(0, 37), x.AsSpan(37, 37), 1e-5f, x, 5, 37);
            Residual.Add(x, x);
            Activation.Relu(x);
            Activation.GeluErf(x);
            Activation.GeluTanh(x);
            Activation.Silu(x);
            AttentionCache.StoreKeys(x, 37, cache, 3, 5, 1, 37, 32);
            AttentionCache.StoreValues(x, 37, cache, 3, 5, 1, 37, 32);
            Attention.Decode(x.AsSpan(0, 37), cache, cache, y.AsSpan(0, 37), 1, 37, 32, 19, 0.1f, weights, [0]);
            RecordedAttention.Mean(weights, 1, 32, 1, 32, y.AsSpan(0, 19));
            Attention.Encode(null, x, 37, cache, cache, y.AsSpan(0, 5 * 37), 5, 1, 37, 32, 19, 0.1f);
            Embedding.Lookup(weight.Matrix, 69, 2, x.AsSpan(0, 37));
            Embedding.Lookup(halfBytes.Matrix, 69, 2, x.AsSpan(0, 37));
            _ = LogSoftmax.LogSumExp(y);
            _ = LogSoftmax.At(y, 3);
            _ = ArgMax.Of(y);
            _ = TopK.Find(y, best, bestScores);
            AttentionCache.Copy(cache, cache, copy, copy, 19, 1, 37, 32);
            RecordedAttention.AddMean(weights, 1, 32, 1, 32, y.AsSpan(0, 19));
            LogSoftmax.Subtract(y, LogSoftmax.Normalizer(y));
            _ = Simd.Path;
        }

        Run();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            Run();
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
