using Formwork.Kernels;
using Formwork.Threading;

namespace Formwork.Tests.Kernels;

/// <summary>Attention whose scores have a number for the distance added, against double precision.</summary>
[Trait("Category", "Kernels")]
public class RelativeBiasTests
{
    private const int Heads = 3;

    [Theory]
    [InlineData(4)]
    [InlineData(20)]
    [InlineData(64)]
    public void Every_row_of_a_source_agrees_with_the_reference(int headDim)
    {
        foreach (int length in (int[])[1, 2, 15, 16, 17, 33, 70, 530])
        {
            Case attention = new(new Random(length), headDim, length);
            float[] context = attention.Encode(null);
            attention.Check(context, length);
            using Workers workers = Workers.Create(3)!;
            Bits.AssertSame(context, attention.Encode(workers));
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(20)]
    [InlineData(64)]
    public void A_query_at_the_last_position_agrees_with_the_reference(int headDim)
    {
        foreach (int length in (int[])[1, 2, 15, 16, 17, 33, 70, 1030])
        {
            Case attention = new(new Random(length), headDim, length);
            attention.CheckRow(attention.Decode(), length - 1);
        }
    }

    [Fact]
    public void Biases_of_zero_change_nothing_where_scores_are_not_scaled()
    {
        Case attention = new(new Random(3), 20, 40, isZero: true);
        Bits.AssertSame(attention.Decode(isBiased: false), attention.Decode());
    }

    [Fact]
    public void A_table_that_does_not_reach_every_key_is_refused()
    {
        float[] row = new float[6];
        float[] cache = new float[6 * 16];
        int stride = RelativeBias.StrideOf(before: 15, behind: 0);
        Assert.Throws<ArgumentException>("bias", () => Attention.Decode(row, cache, cache, row, 2, 3, 16, 4, 1, bias: new(new float[stride], stride, 15)));
        Assert.Throws<ArgumentOutOfRangeException>("length", () => Attention.Decode(row, cache, cache, row, 2, 3, 16, 16, 1, bias: new(new float[2 * stride], stride, 14)));
        Assert.Throws<ArgumentOutOfRangeException>("length", () => Attention.Encode(null, new float[12], 6, cache, cache, new float[12], 2, 2, 3, 16, 2, 1, new(new float[2 * stride], stride, 0)));
        Assert.Throws<ArgumentOutOfRangeException>("length", () => Attention.Encode(null, row, 6, cache, cache, new float[6], 1, 2, 3, 16, 2, 1, new(new float[2 * stride], stride, 17)));
        Attention.Decode(row, cache, cache, new float[6], 2, 3, 16, 16, 1, bias: new(new float[2 * stride], stride, 15));
    }

    private sealed class Case
    {
        private const float Scale = 1;
        private readonly int _headDim;
        private readonly int _length;
        private readonly int _capacity;
        private readonly int _stride;
        private readonly float[] _dense;
        private readonly float[] _denseValues;
        private readonly float[] _keys;
        private readonly float[] _values;
        private readonly float[] _queries;
        private readonly Fenced _bias;

        public Case(Random random, int headDim, int length, bool isZero = false)
        {
            (_headDim, _length) = (headDim, length);
            int width = Heads * headDim;
            _capacity = AttentionCache.Capacity(length);
            _stride = RelativeBias.StrideOf(before: length - 1, behind: length - 1);
            _dense = Samples.Uniform(random, length * width);
            _denseValues = Samples.Uniform(random, length * width);
            _queries = Samples.Uniform(random, length * width);
            _bias = new(isZero ? new float[Heads * _stride] : Samples.Uniform(random, Heads * _stride, -3, 3));
            _keys = new float[width * _capacity];
            _values = new float[width * _capacity];
            Array.Fill(_keys, float.NaN);
            AttentionCache.StoreKeys(_dense, width, _keys, 0, length, Heads, headDim, _capacity);
            AttentionCache.StoreValues(_denseValues, width, _values, 0, length, Heads, headDim, _capacity);
        }

        public float[] Encode(Workers? workers)
        {
            int width = Heads * _headDim;
            Fenced context = new(_length * width);
            Attention.Encode(workers, _queries, width, _keys, _values, context.Span, _length, Heads, _headDim, _capacity, _length, Scale, new(_bias.Span, _stride, _length - 1));
            context.AssertIntact();
            return context.Span.ToArray();
        }

        public float[] Decode(bool isBiased = true)
        {
            int width = Heads * _headDim;
            Fenced context = new(width);
            Attention.Decode(
                _queries.AsSpan((_length - 1) * width), _keys, _values, context.Span, Heads, _headDim, _capacity, _length, Scale,
                bias: isBiased ? new(_bias.Span, _stride, _length - 1) : default);
            context.AssertIntact();
            return context.Span.ToArray();
        }

        public void Check(float[] context, int rows)
        {
            int width = Heads * _headDim;
            for (int row = 0; row < rows; row++)
            {
                CheckRow(context.AsSpan(row * width, width), row);
            }
        }

        public void CheckRow(ReadOnlySpan<float> context, int query)
        {
            int width = Heads * _headDim;
            for (int head = 0; head < Heads; head++)
            {
                double[] scores = new double[_length];
                for (int key = 0; key < _length; key++)
                {
                    for (int j = 0; j < _headDim; j++)
                    {
                        scores[key] += (double)_queries[(query * width) + (head * _headDim) + j] * _dense[(key * width) + (head * _headDim) + j];
                    }

                    scores[key] += _bias.Span[(head * _stride) + _length - 1 + key - query];
                }

                double[] weights = Reference.Softmax(scores, 1);
                for (int j = 0; j < _headDim; j++)
                {
                    double expected = 0;
                    for (int key = 0; key < _length; key++)
                    {
                        expected += weights[key] * _denseValues[(key * width) + (head * _headDim) + j];
                    }

                    Assert.Equal(expected, context[(head * _headDim) + j], 1e-5);
                }
            }
        }
    }
}
