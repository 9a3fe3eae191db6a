using System.Security.Cryptography;
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

    /// <summary>SHA-256 over the buckets of distances −1500 to 1500, or to 0 where later keys have none, by PyTorch's own operations.</summary>
    [Theory]
    [InlineData(true, 32, 128, "2e485cea03feade8d7615f411eddc7f469f30ffaab1574fefae75fd11c6f0b9e")]
    [InlineData(true, 8, 20, "3ca4e3908a0c69da00d2136d74e0444f3bcca34021f6e64fb7eb5288cd8d1299")]
    [InlineData(true, 16, 64, "7f233dc5a42bce5ebb9b6e1da71a9d0bdae0509dfbe972ecf1968a4c220bd391")]
    [InlineData(true, 64, 256, "4d9b1e1255f21bf1d43554947179724b20cdff8db4197db24bc5157bad7d068e")]
    [InlineData(true, 32, 1000, "c4e3088152af61ad60d5cd884a9ca50016cbb6b667260c8e8b6090ca8cca2514")]
    [InlineData(false, 32, 128, "066f297bc5ed2af5d762290d43c9786af84cd36360f781e4538c16cd133f14e8")]
    [InlineData(false, 8, 20, "aba91a361ba602fb0ac296a7e971a02b72c7770a6384bc92345304ae2555b89e")]
    [InlineData(false, 16, 64, "1aa3bef468a0d2451f7a8c5f4eb38f09c1abbc7421311c205017b48875727a01")]
    [InlineData(false, 64, 256, "996d175548692aca02c6765c70d4bff7fda5c5c5303bb998bbf7e383027c8725")]
    [InlineData(false, 32, 1000, "668c235b6abe8d93ee7f79562681e046529824f17830d1db5abb4d82f2e0f3d1")]
    public void Every_distance_has_PyTorchs_bucket(bool isBidirectional, int buckets, int maxDistance, string hash)
    {
        byte[] found = [.. Enumerable.Range(-1500, isBidirectional ? 3001 : 1501).Select(distance => (byte)RelativeBuckets.Of(distance, isBidirectional, buckets, maxDistance))];
        Assert.Equal(hash, Convert.ToHexStringLower(SHA256.HashData(found)));
    }

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
