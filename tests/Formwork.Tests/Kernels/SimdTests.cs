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
}
