using Formwork.Kernels;

namespace Formwork.Tests.Kernels;

[Trait("Category", "Kernels")]
public class LogSoftmaxTests
{
    private const float Infinity = float.PositiveInfinity;

    [Fact]
    public void A_hand_worked_case()
    {
        // log(1 + 3) = log 4; the second has three quarters.
        float[] logits = [0, MathF.Log(3)];
        Assert.Equal(MathF.Log(4), LogSoftmax.LogSumExp(logits), 1e-6);
        Assert.Equal(MathF.Log(0.75f), LogSoftmax.At(logits, 1), 1e-6);
    }

    [Fact]
    public void Every_length_up_to_70_agrees_with_the_reference()
    {
        Random random = new(1);
        for (int length = 1; length <= 70; length++)
        {
            Check(Samples.Uniform(random, length, -20, 20));
        }
    }

    [Theory]
    [InlineData(-0.001f, 0.001f)]
    [InlineData(-30f, 10f)]
    [InlineData(-1020f, -1000f)]
    public void A_large_vocabulary_adds_no_error(float low, float high) => Check(Samples.Uniform(new Random(2), 60_000, low, high));

    [Fact]
    public void Subtracting_the_normaliser_gives_the_log_probabilities_of_every_length()
    {
        Random random = new(3);
        for (int length = 1; length <= 70; length++)
        {
            float[] logits = Samples.Uniform(random, length, -20, 20);
            Fenced found = new([.. logits]);
            double normalizer = LogSoftmax.Normalizer(logits);
            LogSoftmax.Subtract(found.Span, normalizer);
            found.AssertIntact();
            for (int token = 0; token < length; token++)
            {
                Assert.Equal(logits[token] - normalizer, found.Span[token], 4e-6);
                Assert.Equal(LogSoftmax.At(logits, token), (float)(logits[token] - normalizer));
            }
        }
    }

    [Fact]
    public void Special_values()
    {
        Assert.Equal(-Infinity, LogSoftmax.LogSumExp([]));
        Assert.Equal(-Infinity, LogSoftmax.LogSumExp([-Infinity, -Infinity]));
        Assert.Equal(Infinity, LogSoftmax.LogSumExp([0, Infinity, 1]));
        Assert.Equal(5, LogSoftmax.LogSumExp([-Infinity, 5]));
        Assert.Equal(-Infinity, LogSoftmax.At([-Infinity, 5], 0));
    }

    [Fact]
    public void NaN_anywhere_gives_NaN()
    {
        for (int place = 0; place < 21; place++)
        {
            foreach (float other in (float[])[0, Infinity, -Infinity])
            {
                float[] logits = new float[21];
                Array.Fill(logits, other);
                logits[place] = float.NaN;
                Assert.True(float.IsNaN(LogSoftmax.LogSumExp(logits)));
            }
        }
    }

    [Fact]
    public void A_token_outside_the_vocabulary_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("token", () => LogSoftmax.At(new float[3], 3));
        Assert.Throws<ArgumentOutOfRangeException>("token", () => LogSoftmax.At(new float[3], -1));
        Assert.Throws<ArgumentOutOfRangeException>("token", () => LogSoftmax.At([], 0));
    }

    private static void Check(float[] values)
    {
        Fenced logits = new(values);
        double expected = Reference.LogSumExp(values);
        AssertClose(expected, LogSoftmax.LogSumExp(logits.Span));
        for (int token = 0; token < values.Length; token += 1 + (values.Length / 50))
        {
            AssertClose(values[token] - expected, LogSoftmax.At(logits.Span, token));
        }
    }

    private static void AssertClose(double expected, float actual) =>
        Assert.Equal(expected, actual, 1e-6 * Math.Max(1, Math.Abs(expected)));
}
