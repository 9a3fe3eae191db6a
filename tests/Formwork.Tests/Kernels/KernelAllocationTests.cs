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
        float[] weight = new float[PanelLayout.Length(70, 37)];
        float[] bias = new float[PanelLayout.PaddedOutputs(70)];
        float[] y = new float[5 * 70];
        float[] cache = new float[37 * 32];
        float[] weights = new float[32];

        void Run()
        {
            Linear.Apply(x, weight, bias, y, 5, 37, 70);
            Linear.Apply(x.AsSpan(0, 37), weight, [], y.AsSpan(0, 70), 1, 37, 70);
            LayerNorm.Apply(x, x.AsSpan(0, 37), x.AsSpan(37, 37), 1e-5f, x, 5, 37);
            Residual.Add(x, x);
            Activation.Relu(x);
            Activation.GeluErf(x);
            Activation.GeluTanh(x);
            Activation.Silu(x);
            AttentionCache.StoreKeys(x, 37, cache, 3, 5, 1, 37, 32);
            AttentionCache.StoreValues(x, 37, cache, 3, 5, 1, 37, 32);
            Attention.Decode(x.AsSpan(0, 37), cache, cache, y.AsSpan(0, 37), 1, 37, 32, 19, 0.1f, weights);
            Attention.Encode(null, x, 37, cache, cache, y.AsSpan(0, 5 * 37), 5, 1, 37, 32, 19, 0.1f);
            Embedding.FromPanels(weight, 69, 2, x.AsSpan(0, 37), 70);
            Embedding.FromRows(x, 4, 2, y.AsSpan(0, 37), 5);
            _ = LogSoftmax.LogSumExp(y);
            _ = LogSoftmax.At(y, 3);
            _ = ArgMax.Of(y);
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
