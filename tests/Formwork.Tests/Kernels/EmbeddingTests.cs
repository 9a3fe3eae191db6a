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
    public void Both_tables_give_every_token_its_row(int rows, int dim)
    {
        float[] dense = Samples.Uniform(new Random(1), rows * dim);
        float[] packed = Samples.Pack(dense, rows, dim);
        for (int token = 0; token < rows; token++)
        {
            float[] expected = [.. dense.AsSpan(token * dim, dim).ToArray().Select(value => 2.5f * value)];
            Fenced fromRows = new(dim);
            Fenced fromPanels = new(dim);
            Embedding.FromRows(dense, token, 2.5f, fromRows.Span, rows);
            Embedding.FromPanels(packed, token, 2.5f, fromPanels.Span, rows);
            Bits.AssertSame(expected, fromRows.Span);
            Bits.AssertSame(expected, fromPanels.Span);
            fromRows.AssertIntact();
            fromPanels.AssertIntact();
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(5)]
    public void A_token_outside_the_vocabulary_is_refused(int token)
    {
        Assert.Throws<ArgumentOutOfRangeException>(nameof(token), () => Embedding.FromRows(new float[15], token, 1, new float[3], 5));
        Assert.Throws<ArgumentOutOfRangeException>(nameof(token), () => Embedding.FromPanels(new float[96], token, 1, new float[3], 5));
    }

    [Fact]
    public void A_mismatched_table_is_named()
    {
        Assert.Throws<ArgumentException>("table", () => Embedding.FromRows(new float[14], 0, 1, new float[3], 5));
        Assert.Throws<ArgumentException>("table", () => Embedding.FromPanels(new float[15], 0, 1, new float[3], 5));
        Assert.Throws<ArgumentOutOfRangeException>("rows", () => Embedding.FromRows([], 0, 1, [], 0));
    }
}
