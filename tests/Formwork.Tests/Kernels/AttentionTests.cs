using Formwork.Kernels;
using Formwork.Threading;

namespace Formwork.Tests.Kernels;

[Trait("Category", "Kernels")]
public class AttentionTests
{
    [Fact]
    public void A_hand_worked_case()
    {
        // query (1 2), keys (3 4) and (5 6): products 11 and 17. Scaled by ln 3 / 6 the weights are as 1 : 3, so values (4 8) and (8 4) give (7 5).
        float[] keys = new float[2 * 16];
        float[] values = new float[2 * 16];
        AttentionCache.StoreKeys([3, 4, 5, 6], 2, keys, 0, rows: 2, heads: 1, headDim: 2, capacity: 16);
        AttentionCache.StoreValues([4, 8, 8, 4], 2, values, 0, rows: 2, heads: 1, headDim: 2, capacity: 16);
        float[] context = new float[2];
        float[] weights = new float[16];
        float scale = MathF.Log(3) / 6;
        Attention.Decode([1, 2], keys, values, context, 1, 2, 16, length: 2, scale, weights);
        Assert.Equal(0.25f, weights[0], 1e-6);
        Assert.Equal(0.75f, weights[1], 1e-6);
        Assert.Equal(7, context[0], 1e-5);
        Assert.Equal(5, context[1], 1e-5);

        Attention.Encode(null, [1, 2], 2, keys, values, context, rows: 1, 1, 2, 16, length: 2, scale);
        Assert.Equal(7, context[0], 1e-5);
        Assert.Equal(5, context[1], 1e-5);
    }

    [Fact]
    public void Every_head_dimension_up_to_80_agrees_with_the_reference()
    {
        Random random = new(1);
        for (int headDim = 1; headDim <= 80; headDim++)
        {
            new Case(random, random.Next(1, 4), headDim, random.Next(1, 71)).Check(random.Next(1, 20));
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(36)]
    [InlineData(64)]
    [InlineData(160)]
    public void Every_length_up_to_70_agrees_with_the_reference(int headDim)
    {
        Random random = new(2);
        for (int length = 1; length <= 70; length++)
        {
            new Case(random, 2, headDim, length).Check(rows: 3);
        }
    }

    [Theory]
    [InlineData(511)]
    [InlineData(512)]
    [InlineData(513)]
    [InlineData(1024)]
    [InlineData(1025)]
    [InlineData(2600)]
    public void Lengths_beyond_one_stretch_agree_with_the_reference(int length)
    {
        Random random = new(3);
        foreach (float growth in (float[])[1, 4, -4])
        {
            new Case(random, 1, 20, length, growth).Check(rows: 5);
        }
    }

    [Theory]
    [InlineData(7)]
    [InlineData(36)]
    [InlineData(64)]
    public void A_row_gives_the_same_bits_among_any_number_of_rows_and_on_any_number_of_threads(int headDim)
    {
        const int Most = 75;
        foreach (int length in (int[])[1, 20, 530])
        {
            Case all = new(new Random(4), 3, headDim, length);
            float[] expected = all.Encode(0, Most);
            int width = 3 * headDim;
            for (int rows = 1; rows < Most; rows += rows < 20 ? 1 : 9)
            {
                Bits.AssertSame(expected.AsSpan(0, rows * width), all.Encode(0, rows));
                Bits.AssertSame(expected.AsSpan(rows * width), all.Encode(rows, Most - rows));
            }

            foreach (int threads in (int[])[2, 3, 8])
            {
                using Workers workers = Workers.Create(threads)!;
                Bits.AssertSame(expected, all.Encode(0, Most, workers));
            }
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(40)]
    [InlineData(1500)]
    public void Recorded_weights_agree_with_the_reference_and_leave_the_context_as_it_is(int length)
    {
        foreach (float growth in (float[])[1, 4, -4])
        {
            Case attention = new(new Random(5), 4, 18, length, growth);
            Fenced weights = new(4 * attention.Capacity);
            Fenced some = new(2 * attention.Capacity);
            float[] plain = attention.Decode(0, []);
            Bits.AssertSame(plain, attention.Decode(0, weights.Span));
            Bits.AssertSame(plain, attention.Decode(0, some.Span, [1, 3]));
            weights.AssertIntact();
            some.AssertIntact();
            for (int head = 0; head < 6; head++)
            {
                // The heads among all, and then those recorded alone.
                (double[] expected, double error) = attention.Weights(0, head < 4 ? head : head == 4 ? 1 : 3);
                ReadOnlySpan<float> row = (head < 4 ? weights : some).Span.Slice(head % 4 * attention.Capacity, length);
                double sum = 0;
                for (int t = 0; t < length; t++)
                {
                    Assert.InRange(row[t], (expected[t] * (1 - error)) - 1e-37, (expected[t] * (1 + error)) + 1e-37);
                    sum += row[t];
                }

                Assert.Equal(1, sum, 2e-6);
            }
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(1500)]
    public void Some_heads_record_the_bits_that_they_record_among_all(int length)
    {
        const int Heads = 5;
        foreach (float growth in (float[])[1, 4, -4])
        {
            Case attention = new(new Random(7), Heads, 18, length, growth);
            float[] plain = attention.Decode(0, []);
            float[] all = new float[Heads * attention.Capacity];
            attention.Decode(0, all);
            for (int chosen = 1; chosen < 1 << Heads; chosen++)
            {
                int[] heads = [.. Enumerable.Range(0, Heads).Where(head => (chosen >> head) % 2 == 1)];
                Fenced some = new(heads.Length * attention.Capacity);
                Bits.AssertSame(plain, attention.Decode(0, some.Span, heads));
                some.AssertIntact();
                for (int row = 0; row < heads.Length; row++)
                {
                    Bits.AssertSame(all.AsSpan(heads[row] * attention.Capacity, length), some.Span.Slice(row * attention.Capacity, length));
                }
            }
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(36)]
    [InlineData(64)]
    public void Positions_that_count_nothing_do_not_change_a_bit(int headDim)
    {
        Random random = new(6);
        float[] query = Samples.Uniform(random, headDim, 0.1f, 1);
        foreach (int all in (int[])[48, 1100])
        {
            int capacity = AttentionCache.Capacity(all);
            float[] dense = Samples.Uniform(random, all * headDim);
            float[] values = Samples.Uniform(random, capacity * headDim);
            for (int length = 1; length < all; length += all < 100 ? 1 : 97)
            {
                float[] keys = new float[capacity * headDim];
                Array.Fill(keys, float.NegativeInfinity);
                AttentionCache.StoreKeys(dense, headDim, keys, 0, length, 1, headDim, capacity);
                float[] some = new float[headDim];
                float[] every = new float[headDim];
                Attention.Decode(query, keys, values, some, 1, headDim, capacity, length, 0.3f);
                Attention.Decode(query, keys, values, every, 1, headDim, capacity, all, 0.3f);
                Bits.AssertSame(some, every);
                Attention.Encode(null, query, headDim, keys, values, some, 1, 1, headDim, capacity, length, 0.3f);
                Attention.Encode(null, query, headDim, keys, values, every, 1, 1, headDim, capacity, all, 0.3f);
                Bits.AssertSame(some, every);
            }
        }
    }

    [Fact]
    public void Scores_of_minus_infinity_count_nothing()
    {
        const float Infinity = float.PositiveInfinity;
        float[] values = new float[600 * 16];
        Array.Fill(values, 3);
        foreach (int hidden in (int[])[0, 5, 511, 512, 598])
        {
            float[] keys = new float[608];
            keys.AsSpan(0, 599).Fill(-Infinity);
            keys[hidden] = 1;
            Assert.Equal(3, Both(keys, values));
        }

        float[] masked = new float[608];
        masked.AsSpan().Fill(-Infinity);
        Assert.Equal(0, Both(masked, values));
        foreach (float strange in (float[])[float.NaN, Infinity])
        {
            foreach (int place in (int[])[0, 5, 511, 512, 598])
            {
                float[] keys = new float[608];
                keys[place] = strange;
                Assert.True(float.IsNaN(Both(keys, values)));
            }
        }

        // One head of width 1, 599 positions.
        static float Both(float[] keys, float[] values)
        {
            float[] one = new float[1];
            float[] other = new float[1];
            Attention.Decode([1], keys, values.AsSpan(0, 608), one, 1, 1, 608, 599, 1);
            Attention.Encode(null, [1], 1, keys, values.AsSpan(0, 608), other, 1, 1, 1, 608, 599, 1);
            Assert.Equal(one[0], other[0]);
            return one[0];
        }
    }

    [Fact]
    public void A_mismatched_argument_is_named()
    {
        float[] row = new float[6];
        float[] cache = new float[6 * 16];
        float[] less = new float[5];
        Assert.Throws<ArgumentException>("query", () => Attention.Decode(less, cache, cache, row, 2, 3, 16, 1, 1));
        Assert.Throws<ArgumentException>("keys", () => Attention.Decode(row, row, cache, row, 2, 3, 16, 1, 1));
        Assert.Throws<ArgumentException>("values", () => Attention.Decode(row, cache, row, row, 2, 3, 16, 1, 1));
        Assert.Throws<ArgumentException>("context", () => Attention.Decode(row, cache, cache, less, 2, 3, 16, 1, 1));
        Assert.Throws<ArgumentException>("weights", () => Attention.Decode(row, cache, cache, row, 2, 3, 16, 1, 1, less));
        Assert.Throws<ArgumentException>("weights", () => Attention.Decode(row, cache, cache, row, 2, 3, 16, 1, 1, new float[32], [1]));
        Assert.Throws<ArgumentException>("weights", () => Attention.Decode(row, cache, cache, row, 2, 3, 16, 1, 1, [], [1]));
        Assert.Throws<ArgumentOutOfRangeException>("recordedHeads", () => Attention.Decode(row, cache, cache, row, 2, 3, 16, 1, 1, new float[16], [2]));
        Assert.Throws<ArgumentOutOfRangeException>("recordedHeads", () => Attention.Decode(row, cache, cache, row, 2, 3, 16, 1, 1, new float[16], [-1]));
        Assert.Throws<ArgumentOutOfRangeException>("recordedHeads", () => Attention.Decode(row, cache, cache, row, 2, 3, 16, 1, 1, new float[32], [1, 1]));
        Assert.Throws<ArgumentOutOfRangeException>("recordedHeads", () => Attention.Decode(row, cache, cache, row, 2, 3, 16, 1, 1, new float[32], [1, 0]));
        Assert.Throws<ArgumentException>("capacity", () => Attention.Decode(row, cache, cache, row, 2, 3, 15, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("heads", () => Attention.Decode(row, cache, cache, row, 0, 3, 16, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("headDim", () => Attention.Decode(row, cache, cache, row, 2, 0, 16, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("length", () => Attention.Decode(row, cache, cache, row, 2, 3, 16, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>("length", () => Attention.Decode(row, cache, cache, row, 2, 3, 16, 17, 1));
        Assert.Throws<ArgumentOutOfRangeException>("scale", () => Attention.Decode(row, cache, cache, row, 2, 3, 16, 1, 0));
        Assert.Throws<ArgumentException>("queries", () => Attention.Encode(null, less, 6, cache, cache, row, 1, 2, 3, 16, 1, 1));
        Assert.Throws<ArgumentException>("context", () => Attention.Encode(null, row, 6, cache, cache, less, 1, 2, 3, 16, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("queryStride", () => Attention.Encode(null, row, 5, cache, cache, row, 1, 2, 3, 16, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("rows", () => Attention.Encode(null, row, 6, cache, cache, row, -1, 2, 3, 16, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("scale", () => Attention.Encode(null, row, 6, cache, cache, row, 1, 2, 3, 16, 1, float.NaN));
    }

    [Fact]
    public void The_kernels_stack_stays_small()
    {
        Assert.InRange(Attention.DecodeStackBytes, 1, 4096);
        Assert.InRange(Attention.EncodeStackBytes, 1, 40 * 1024);
    }

    /// <summary>Random keys, values and queries; the caches past the length are NaN. Queries go with a stride of their own.</summary>
    private sealed class Case
    {
        private const float Scale = 0.3f;
        private const int Queries = 80;
        private readonly int _heads;
        private readonly int _headDim;
        private readonly int _length;
        private readonly int _stride;
        private readonly float[] _denseKeys;
        private readonly float[] _denseValues;
        private readonly Fenced _queries;
        private readonly Fenced _keys;
        private readonly Fenced _values;

        /// <param name="random">Source of the numbers.</param>
        /// <param name="heads">Heads.</param>
        /// <param name="headDim">Width of a head.</param>
        /// <param name="length">Keys.</param>
        /// <param name="growth">How much larger keys become towards the end, or, where negative, towards the start; 1 for no larger.</param>
        public Case(Random random, int heads, int headDim, int length, float growth = 1)
        {
            (_heads, _headDim, _length) = (heads, headDim, length);
            int width = heads * headDim;
            _stride = (3 * width) + 1;
            Capacity = AttentionCache.Capacity(length) + 16;
            _denseKeys = Samples.Uniform(random, length * width);
            _denseValues = Samples.Uniform(random, length * width);
            for (int i = 0; i < _denseKeys.Length && growth != 1; i++)
            {
                float place = i / width / (float)length;
                _denseKeys[i] *= MathF.Abs(growth) * (growth > 0 ? place : 1 - place);
            }

            _queries = new(Samples.Uniform(random, ((Queries - 1) * _stride) + width));
            _keys = new(width * Capacity);
            _values = new(width * Capacity);
            _keys.Span.Fill(float.NaN);
            _values.Span.Fill(float.NaN);
            AttentionCache.StoreKeys(_denseKeys, width, _keys.Span, 0, length, heads, headDim, Capacity);
            AttentionCache.StoreValues(_denseValues, width, _values.Span, 0, length, heads, headDim, Capacity);
        }

        public int Capacity { get; }

        public float[] Encode(int first, int rows, Workers? workers = null)
        {
            Fenced context = new(rows * _heads * _headDim);
            Attention.Encode(
                workers, _queries.Span[(first * _stride)..], _stride, _keys.Span, _values.Span, context.Span, rows, _heads, _headDim, Capacity, _length, Scale);
            context.AssertIntact();
            return context.Span.ToArray();
        }

        public float[] Decode(int row, Span<float> weights, ReadOnlySpan<int> recordedHeads = default)
        {
            int width = _heads * _headDim;
            Fenced context = new(width);
            Attention.Decode(
                _queries.Span.Slice(row * _stride, width), _keys.Span, _values.Span, context.Span, _heads, _headDim, Capacity, _length, Scale, weights, recordedHeads);
            context.AssertIntact();
            return context.Span.ToArray();
        }

        /// <summary>Checks both kernels.</summary>
        public void Check(int rows)
        {
            float[] encoded = Encode(0, rows);
            int width = _heads * _headDim;
            for (int row = 0; row < rows; row++)
            {
                float[] decoded = Decode(row, []);
                for (int head = 0; head < _heads; head++)
                {
                    (double[] weights, double error) = Weights(row, head);
                    for (int j = 0; j < _headDim; j++)
                    {
                        double value = 0;
                        double magnitude = 0;
                        for (int t = 0; t < _length; t++)
                        {
                            double term = weights[t] * _denseValues[(t * width) + (head * _headDim) + j];
                            value += term;
                            magnitude += Math.Abs(term);
                        }

                        double bound = magnitude * (error + (2 * _length * Reference.UnitRoundoff));
                        int place = (head * _headDim) + j;
                        Assert.InRange(encoded[(row * width) + place], value - bound, value + bound);
                        Assert.InRange(decoded[place], value - bound, value + bound);
                    }
                }
            }
        }

        /// <summary>
        /// The weights in double precision, and what may be wrong with each, relative to it: the error of its score and of the largest, as
        /// sums of headDim terms in any order, four roundings of an exponential and of the sum of them.
        /// </summary>
        public (double[] Weights, double Error) Weights(int row, int head)
        {
            int width = _heads * _headDim;
            double[] exact = new double[_length];
            double worst = 0;
            for (int t = 0; t < _length; t++)
            {
                (exact[t], double magnitude) = Reference.Linear(
                    _queries.Span.Slice((row * _stride) + (head * _headDim), _headDim), _denseKeys.AsSpan((t * width) + (head * _headDim), _headDim), [], 0, 0, _headDim);
                worst = Math.Max(worst, 2 * (_headDim + 3) * Reference.UnitRoundoff * magnitude * Scale);
            }

            return (Reference.Softmax(exact, Scale), (2 * worst) + 2e-6);
        }
    }
}
