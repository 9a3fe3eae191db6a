using Formwork.Kernels;

namespace Formwork.Tests.Kernels;

[Trait("Category", "Kernels")]
public class ArgMaxTests
{
    [Theory]
    [InlineData(new float[] { 1, 3, 2 }, 1)]
    [InlineData(new float[] { -5 }, 0)]
    [InlineData(new float[] { -0f, 0f }, 0)]
    [InlineData(new float[] { 0, float.PositiveInfinity, float.PositiveInfinity }, 1)]
    [InlineData(new float[] { float.NegativeInfinity, float.MinValue }, 1)]
    [InlineData(new float[] { float.NegativeInfinity, float.NegativeInfinity }, -1)]
    [InlineData(new float[] { 1, float.NaN }, -1)]
    [InlineData(new float[0], -1)]
    public void Small_cases(float[] logits, int expected) => Assert.Equal(expected, ArgMax.Of(logits));

    [Fact]
    public void The_maximum_is_found_in_every_place_of_every_length()
    {
        for (int length = 1; length <= 70; length++)
        {
            for (int place = 0; place < length; place++)
            {
                Fenced logits = new(Samples.Uniform(new Random(place), length));
                logits.Span[place] = 2;
                Assert.Equal(place, ArgMax.Of(logits.Span));
            }
        }
    }

    [Fact]
    public void Of_equal_maxima_the_first_counts()
    {
        float[] logits = new float[70];
        for (int place = 69; place >= 0; place--)
        {
            logits[place] = 1;
            Assert.Equal(place, ArgMax.Of(logits));
        }
    }

    [Fact]
    public void NaN_is_found_in_every_place()
    {
        for (int place = 0; place < 70; place++)
        {
            float[] logits = new float[70];
            logits[place] = float.NaN;
            Assert.Equal(-1, ArgMax.Of(logits));
        }
    }

    [Theory]
    [InlineData(16)]
    [InlineData(35)]
    public void All_minus_infinity_is_no_choice(int length)
    {
        float[] logits = new float[length];
        Array.Fill(logits, float.NegativeInfinity);
        Assert.Equal(-1, ArgMax.Of(logits));
    }
}
