using Formwork.Kernels;

namespace Formwork.Tests.Kernels;

[Trait("Category", "Kernels")]
public class SimdTests
{
    /// <summary>Set by <see cref="InstructionSetTests"/> in the processes it starts.</summary>
    public const string ExpectedPath = "FORMWORK_EXPECTED_SIMD";

    [Fact]
    public void The_path_is_the_one_this_process_was_started_for()
    {
        string? expected = Environment.GetEnvironmentVariable(ExpectedPath);
        Assert.Equal(expected ?? Simd.Path.ToString(), Simd.Path.ToString());
    }

    [Fact]
    public void Lanes_are_summed_and_kept_on_every_width()
    {
        Lanes<Simd128>();
        if (Simd.UseAvx2)
        {
            Lanes<Simd256>();
        }

        if (Simd.UseAvx512)
        {
            Lanes<Simd512>();
        }
    }

    private static unsafe void Lanes<V>()
        where V : unmanaged, ISimd<V>
    {
        float* lanes = stackalloc float[V.Width];
        for (int lane = 0; lane < V.Width; lane++)
        {
            lanes[lane] = lane + 1;
        }

        V value = V.Load(lanes);
        Assert.Equal(V.Width * (V.Width + 1) / 2, V.SumSingle(value));
        for (int count = 0; count <= V.Width; count++)
        {
            V.Store(lanes, V.KeepFirst(value, count, V.Broadcast(float.NegativeInfinity)));
            for (int lane = 0; lane < V.Width; lane++)
            {
                Assert.Equal(lane < count ? lane + 1 : float.NegativeInfinity, lanes[lane]);
            }
        }
    }
}
