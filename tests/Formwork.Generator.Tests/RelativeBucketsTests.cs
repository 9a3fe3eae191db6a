using Formwork.Generator.Lowering;

namespace Formwork.Generator.Tests;

/// <summary>T5's buckets: published values, and the properties that any such map has.</summary>
public class RelativeBucketsTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(15, 15)]
    [InlineData(16, 16)]
    [InlineData(20, 17)]
    [InlineData(32, 21)]
    [InlineData(64, 26)]
    [InlineData(127, 31)]
    [InlineData(128, 31)]
    [InlineData(100_000, 31)]
    public void A_decoders_distance_to_an_earlier_key(int distance, int bucket) => Assert.Equal(bucket, RelativeBuckets.Of(-distance, isBidirectional: false, 32, 128));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-1, 1)]
    [InlineData(1, 17)]
    [InlineData(-7, 7)]
    [InlineData(-8, 8)]
    [InlineData(8, 24)]
    [InlineData(-64, 14)]
    [InlineData(64, 30)]
    [InlineData(127, 31)]
    [InlineData(-500, 15)]
    public void An_encoders_distance_in_either_direction(int distance, int bucket) => Assert.Equal(bucket, RelativeBuckets.Of(distance, isBidirectional: true, 32, 128));

    [Fact]
    public void Later_keys_of_a_decoder_all_count_as_distance_zero() => Assert.Equal(0, RelativeBuckets.Of(5, isBidirectional: false, 32, 128));

    [Fact]
    public void Buckets_never_fall_with_the_distance_and_all_are_used()
    {
        for (int buckets = 4; buckets <= 64; buckets += 4)
        {
            int[] causal = [.. Enumerable.Range(0, 2_000).Select(distance => RelativeBuckets.Of(-distance, isBidirectional: false, buckets, 1_000))];
            Assert.Equal(causal.Order(), causal);
            Assert.Equal(0, causal[0]);
            Assert.Equal(buckets - 1, causal[^1]);
            int[] behind = [.. Enumerable.Range(1, 2_000).Select(distance => RelativeBuckets.Of(distance, isBidirectional: true, buckets, 1_000))];
            Assert.Equal(behind.Select(bucket => bucket - (buckets / 2)), Enumerable.Range(1, 2_000).Select(distance => RelativeBuckets.Of(-distance, isBidirectional: true, buckets, 1_000)));
        }
    }
}
