using Formwork.Generation.Sampling;

namespace Formwork.Tests.Generation;

[Trait("Category", "Generation")]
public class RandomStreamTests
{
    [Fact]
    public void Xoshiro_gives_the_published_sequence()
    {
        RandomStream random = new(1, 2, 3, 4);
        ulong[] published =
        [
            11520, 0, 1509978240, 1215971899390074240, 1216172134540287360, 607988272756665600, 16172922978634559625, 8476171486693032832,
            10595114339597558777, 2904607092377533576,
        ];
        Assert.All(published, value => Assert.Equal(value, random.Next()));
    }

    [Fact]
    public void SplitMix_gives_the_published_sequence()
    {
        SplitMix64 random = new(1234567);
        ulong[] published = [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821];
        Assert.All(published, value => Assert.Equal(value, random.Next()));
        Assert.Equal(0xE220A8397B1DCDAFUL, new SplitMix64(0).Next());
    }

    [Fact]
    public void The_stream_of_a_sample_never_changes()
    {
        // Texts drawn with a seed have to be the same in every version.
        RandomStream random = new(42, 3, 1);
        Assert.Equal([119594218939794448, 7685058537928917929, 5274008772600254911], (ulong[])[random.Next(), random.Next(), random.Next()]);
    }

    [Fact]
    public void Seeds_sources_and_samples_have_streams_of_their_own()
    {
        HashSet<ulong> first = [];
        foreach (ulong seed in (ulong[])[0, 1, 2, ulong.MaxValue])
        {
            for (int source = 0; source < 50; source++)
            {
                for (int sample = 0; sample < 50; sample++)
                {
                    RandomStream random = new(seed, source, sample);
                    Assert.True(first.Add(random.Next()));
                }
            }
        }
    }

    [Fact]
    public void Doubles_lie_between_0_and_1()
    {
        RandomStream random = new(0, 0, 0);
        int[] counts = new int[10];
        for (int i = 0; i < 100_000; i++)
        {
            double value = random.NextDouble();
            Assert.InRange(value, 0, 1 - (1.0 / (1L << 53)));
            counts[(int)(value * 10)]++;
        }

        Assert.All(counts, count => Assert.InRange(count, 9_700, 10_300));
    }
}
