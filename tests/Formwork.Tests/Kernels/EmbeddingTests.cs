using Formwork.Kernels;

namespace Formwork.Tests.Kernels;

[Trait("Category", "Kernels")]
public class EmbeddingTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 3)]
    [InlineData(32, 16)]
    [InlineData(70, 19)]
    public void Every_token_gets_its_row(int rows, int dim)
    {
        float[] dense = Samples.Uniform(new Random(1), rows * dim);
        using PackedMatrix<Float32> table = new(dense, rows, dim);
        for (int token = 0; token < rows; token++)
        {
            float[] expected = [.. dense.AsSpan(token * dim, dim).ToArray().Select(value => 2.5f * value)];
            Fenced row = new(dim);
            Embedding.Lookup(table.Matrix, token, 2.5f, row.Span);
            Bits.AssertSame(expected, row.Span);
            row.AssertIntact();
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(5)]
    public void A_token_outside_the_vocabulary_is_refused(int token)
    {
        using PackedMatrix<Int8> table = new(new float[15], 5, 3);
        Assert.Throws<ArgumentOutOfRangeException>(nameof(token), () => Embedding.Lookup(table.Matrix, token, 1, new float[3]));
    }

    [Fact]
    public void A_row_of_another_length_is_refused()
    {
        using PackedMatrix<Int4> table = new(new float[15], 5, 3);
        Assert.Throws<ArgumentException>("x", () => Embedding.Lookup(table.Matrix, 0, 1, new float[4]));
    }
}
