using System.Text;
using Formwork.Generation;
using Formwork.Generator.Tests.Harness;
using Formwork.Generator.Tests.Reference;

namespace Formwork.Generator.Tests;

/// <summary>Random shapes over every axis: generated, compiled and run against plain double precision.</summary>
public class RandomShapeTests(RandomShapeTests.RandomModels random) : IClassFixture<RandomShapeTests.RandomModels>
{
    private const int Shapes = 60;
    private const double Tolerance = 1e-4;

    /// <summary>
    /// An activation that lies half-way between two of its 8-bit steps may go either way, and each such step is 1/127 of the row's largest: far from
    /// rounding, and far from what any wrong wiring does.
    /// </summary>
    private const double QuantizedTolerance = 0.03;

    /// <summary>Drives a model step by step, greedily and by scoring; ref structs keep reflection out.</summary>
    private const string Driver =
        """
        public static class DriverN
        {
            public static float[][] Logits(byte[] weights, int[] source, int[] target)
            {
                using var model = ModelN.Load(weights);
                using var memory = model.CreateState();
                ModelN.State state = memory;
                model.Encode(source, state);
                model.PrecomputeCrossCache(state);
                var logits = new float[target.Length][];
                for (int position = 0; position < target.Length; position++)
                {
                    logits[position] = new float[ModelN.TargetVocabSize];
                    model.DecodeStep(target[position], state, logits[position]);
                }

                return logits;
            }

            public static int[] Generate(byte[] weights, int[] source)
            {
                using var model = ModelN.Load(weights);
                int[] target = new int[ModelN.TargetLength];
                int length = model.Generate(source, target);
                return target[..length];
            }

            public static float[] Score(byte[] weights, int[] source, int[] target)
            {
                using var model = ModelN.Load(weights);
                return model.Score(source, target);
            }

            public static long Allocated(byte[] weights, int[] source)
            {
                using var model = ModelN.Load(weights);
                int[] target = new int[ModelN.TargetLength];
                float[] scores = new float[ModelN.TargetLength];
                model.Generate(source, target);
                model.Score(source, target, scores);
                long before = System.GC.GetAllocatedBytesForCurrentThread();
                model.Generate(source, target);
                model.Score(source, target, scores);
                return System.GC.GetAllocatedBytesForCurrentThread() - before;
            }
        }
        """;

    /// <summary>What only a model with a batch can be asked.</summary>
    private const string BatchDriver =
        """
        public static class BatchDriverN
        {
            public static int[][] GenerateBatch(byte[] weights, int[][] sources)
            {
                using var model = ModelN.Load(weights, threads: 2);
                return model.GenerateBatch(sources);
            }

            public static long Allocated(byte[] weights, int[] sources, int[] lengths)
            {
                using var model = ModelN.Load(weights);
                using var memory = model.CreateBatch();
                int[] targets = new int[lengths.Length * ModelN.TargetLength];
                int[] targetLengths = new int[lengths.Length];

                // The compiler's own first calls allocate.
                model.GenerateBatch(sources, lengths, targets, targetLengths, memory);
                long before = System.GC.GetAllocatedBytesForCurrentThread();
                model.GenerateBatch(sources, lengths, targets, targetLengths, memory);
                return System.GC.GetAllocatedBytesForCurrentThread() - before;
            }
        }
        """;

    /// <summary>Searches of a model.</summary>
    private const string SearchDriver =
        """
        public static class SearchDriverN
        {
            public static Formwork.Generation.ScoredTarget[] Search(byte[] weights, int[] source, Formwork.Generation.GenerationOptions options)
            {
                using var model = ModelN.Load(weights);
                return model.Generate(source, options);
            }

            public static int[] Stream(byte[] weights, int[] source)
            {
                using var model = ModelN.Load(weights);
                using var memory = model.CreateState();
                var tokens = new System.Collections.Generic.List<int>();
                foreach (int token in model.Stream(source, memory))
                {
                    tokens.Add(token);
                }

                return tokens.ToArray();
            }

            public static long Allocated(byte[] weights, int[] source, Formwork.Generation.GenerationOptions options)
            {
                using var model = ModelN.Load(weights);
                var search = model.CreateSearch(options);
                model.Generate(source, search);
                long before = System.GC.GetAllocatedBytesForCurrentThread();
                model.Generate(source, search);
                return System.GC.GetAllocatedBytesForCurrentThread() - before;
            }
        }
        """;

    /// <summary>What only a model with a batch of sources can search.</summary>
    private const string SearchBatchDriver =
        """
        public static class SearchBatchDriverN
        {
            public static Formwork.Generation.ScoredTarget[][] Search(byte[] weights, int[][] sources, Formwork.Generation.GenerationOptions options)
            {
                using var model = ModelN.Load(weights, threads: 2);
                return model.GenerateBatch(sources, options);
            }

            public static long Allocated(byte[] weights, int[] sources, int[] lengths, Formwork.Generation.GenerationOptions options)
            {
                using var model = ModelN.Load(weights);
                using var memory = model.CreateBatch();
                Formwork.Generation.Search[] searches = model.CreateSearches(options);
                Formwork.Generation.SearchFinished finished = static (source, search) => { };
                model.GenerateBatch(sources, lengths, searches, finished, memory);
                long before = System.GC.GetAllocatedBytesForCurrentThread();
                model.GenerateBatch(sources, lengths, searches, finished, memory);
                return System.GC.GetAllocatedBytesForCurrentThread() - before;
            }
        }
        """;

    /// <summary>What only a model that records cross-attention can be asked.</summary>
    private const string RecordingDriver =
        """
        public static class RecordingDriverN
        {
            public static int[][] Recorded() => [[.. ModelN.RecordedLayers], [.. ModelN.RecordedHeads]];

            public static float[] Weights(byte[] weights, int[] source, int[] target, int layer, int head) =>
                Decode(weights, source, target, (state, position) => state.CrossAttention(layer, head, position).ToArray());

            public static float[] Average(byte[] weights, int[] source, int[] target) =>
                Decode(weights, source, target, (state, position) => { float[] mean = new float[source.Length]; state.AverageCrossAttention(position, mean); return mean; });

            private delegate float[] Reading(ModelN.State state, int position);

            private static float[] Decode(byte[] weights, int[] source, int[] target, Reading read)
            {
                using var model = ModelN.Load(weights);
                using var memory = model.CreateState();
                ModelN.State state = memory;
                model.Encode(source, state);
                model.PrecomputeCrossCache(state);
                var logits = new float[ModelN.TargetVocabSize];
                for (int position = 0; position < target.Length; position++)
                {
                    model.DecodeStep(target[position], state, logits);
                }

                var all = new System.Collections.Generic.List<float>();
                for (int position = 0; position < target.Length; position++)
                {
                    all.AddRange(read(state, position));
                }

                return all.ToArray();
            }
        }
        """;

    private delegate ScoredTarget[] SearchFrom(byte[] weights, int[] source, GenerationOptions options);

    private delegate ScoredTarget[][] SearchBatchFrom(byte[] weights, int[][] sources, GenerationOptions options);

    /// <summary>
    /// The least of a few counts. A collection that other tests bring about while a call is counted charges it with a piece of the thread's unused
    /// memory; what the call itself allocates, it allocates every time.
    /// </summary>
    private static long Least(Func<long> allocated)
    {
        const int Attempts = 5;
        long least = allocated();
        for (int attempt = 1; attempt < Attempts && least > 0; attempt++)
        {
            least = Math.Min(least, allocated());
        }

        return least;
    }

    private delegate long AllocatedBySearch(byte[] weights, int[] source, GenerationOptions options);

    private delegate long AllocatedBySearchBatch(byte[] weights, int[] sources, int[] lengths, GenerationOptions options);

    private delegate int[][] RecordedBy();

    private delegate float[] WeightsOf(byte[] weights, int[] source, int[] target, int layer, int head);

    private delegate float[] AverageOf(byte[] weights, int[] source, int[] target);

    private delegate int[][] GenerateBatchFrom(byte[] weights, int[][] sources);

    private delegate long AllocatedByBatch(byte[] weights, int[] sources, int[] lengths);

    private delegate float[][] LogitsOf(byte[] weights, int[] source, int[] target);

    private delegate int[] GenerateFrom(byte[] weights, int[] source);

    private delegate float[] ScoreOf(byte[] weights, int[] source, int[] target);

    private delegate long AllocatedBy(byte[] weights, int[] source);

    [Fact]
    public void Logits_equal_plain_double_precision()
    {
        ModelShape[] shapes = random.Shapes;
        CompiledModels models = random.Models;
        double worst = 0;
        for (int index = 0; index < shapes.Length; index++)
        {
            ModelShape shape = shapes[index];
            Random draw = new(index);
            RandomWeights weights = new(shape, draw);
            byte[] file = weights.ToSafetensors();
            int[] source = Ids(draw, draw.Next(1, shape.SourceLength + 1), shape.SourceVocabSize);
            int[] target = Ids(draw, shape.TargetLength, shape.TargetVocabSize);
            double[][] expected = new ReferenceTransformer(shape, weights).Logits(source, target);
            float[][] found = models.Method<LogitsOf>("Driver" + index, "Logits")(file, source, target);
            for (int position = 0; position < target.Length; position++)
            {
                double largest = expected[position].Max(Math.Abs);
                double error = expected[position].Zip(found[position], static (a, b) => Math.Abs(a - b)).Max() / largest;
                Assert.True(error < (shape.IsQuantized ? QuantizedTolerance : Tolerance), $"Shape {index}, position {position}: relative error {error:E2}\n{shape.Declare("Model")}");
                worst = shape.IsQuantized ? worst : Math.Max(worst, error);
            }
        }

        // The bound is not slack that hides a wrong formula: rounding alone stays well below it.
        Assert.InRange(worst, 1e-9, Tolerance / 4);
    }

    [Fact]
    public void Generate_follows_the_reference_and_Score_gives_its_log_probabilities()
    {
        ModelShape[] shapes = random.Shapes;
        CompiledModels models = random.Models;
        for (int index = 0; index < shapes.Length; index++)
        {
            ModelShape shape = shapes[index];
            Random draw = new(index);
            RandomWeights weights = new(shape, draw);
            byte[] file = weights.ToSafetensors();
            int[] source = Ids(draw, shape.SourceLength, shape.SourceVocabSize);
            int[] generated = models.Method<GenerateFrom>("Driver" + index, "Generate")(file, source);

            // Fed with what was generated, the reference must rank each next token highest, up to rounding.
            double[][] logits = new ReferenceTransformer(shape, weights).Logits(source, [0, .. generated[..^1]]);
            float[] scores = models.Method<ScoreOf>("Driver" + index, "Score")(file, source, generated);
            for (int position = 0; position < generated.Length; position++)
            {
                // Marian never produces padding, which is id 2 here.
                double[] row = [.. logits[position].Select((logit, id) => id == 2 && shape.Family == Family.Marian ? double.NegativeInfinity : logit)];
                double tolerance = shape.IsQuantized ? QuantizedTolerance * row.Where(double.IsFinite).Max(Math.Abs) : 1e-3;
                Assert.True(row[generated[position]] >= row.Max() - tolerance, $"Shape {index}, position {position}: {row[generated[position]]} is not the maximum {row.Max()}.");
                double logSum = row.Max() + Math.Log(row.Sum(value => Math.Exp(value - row.Max())));
                Assert.Equal(row[generated[position]] - logSum, scores[position], 2 * tolerance);
            }

            bool ended = generated[^1] == 1;
            Assert.True(ended || generated.Length == shape.TargetLength);
            Assert.DoesNotContain(1, generated[..^1]);
            Assert.True(shape.Family != Family.Marian || !generated.Contains(2), "Padding was produced.");
        }
    }

    [Fact]
    public void A_batch_gives_each_source_the_target_that_it_gets_alone()
    {
        ModelShape[] shapes = random.Shapes;
        CompiledModels models = random.Models;
        for (int index = 0; index < shapes.Length; index++)
        {
            ModelShape shape = shapes[index];
            if (shape.MaxBatch == 1)
            {
                continue;
            }

            Random draw = new(index);
            byte[] file = new RandomWeights(shape, draw).ToSafetensors();
            int[][] sources = [.. Enumerable.Range(0, draw.Next(0, 12)).Select(_ => Ids(draw, draw.Next(1, shape.SourceLength + 1), shape.SourceVocabSize))];
            int[][] together = models.Method<GenerateBatchFrom>("BatchDriver" + index, "GenerateBatch")(file, sources);
            Assert.Equal(sources.Length, together.Length);
            for (int source = 0; source < sources.Length; source++)
            {
                Assert.Equal(models.Method<GenerateFrom>("Driver" + index, "Generate")(file, sources[source]), together[source]);
            }

            int[] lengths = [.. sources.Select(static source => source.Length)];
            Assert.Equal(0, Least(() => models.Method<AllocatedByBatch>("BatchDriver" + index, "Allocated")(file, [.. sources.SelectMany(static source => source)], lengths)));
        }
    }

    [Fact]
    public void A_search_of_one_beam_and_a_stream_are_greedy_and_every_hypothesis_has_the_log_probabilities_that_Score_gives()
    {
        ModelShape[] shapes = random.Shapes;
        CompiledModels models = random.Models;
        int several = 0;
        for (int index = 0; index < shapes.Length; index++)
        {
            ModelShape shape = shapes[index];
            Random draw = new(index);
            byte[] file = new RandomWeights(shape, draw).ToSafetensors();
            int[] source = Ids(draw, draw.Next(1, shape.SourceLength + 1), shape.SourceVocabSize);
            SearchFrom search = models.Method<SearchFrom>("SearchDriver" + index, "Search");
            int[] greedy = models.Method<GenerateFrom>("Driver" + index, "Generate")(file, source);
            Assert.Equal(greedy, Assert.Single(search(file, source, new())).Tokens);
            Assert.Equal(greedy, models.Method<GenerateFrom>("SearchDriver" + index, "Stream")(file, source));

            GenerationOptions[] options =
            [
                new() { Beams = shape.MaxBeams, NBest = shape.MaxBeams },
                new() { Beams = shape.MaxBeams, NBest = shape.MaxBeams, Convention = ScoreConvention.CTranslate2, Patience = 2, LengthPenalty = 0.6f },
                new() { Sample = true, NBest = 3, Seed = (ulong)index },
                new() { Beams = shape.MaxBeams, Prefix = Prefix(draw, shape) },
            ];
            foreach (GenerationOptions option in options)
            {
                ScoredTarget[] targets = search(file, source, option);
                several += targets.Length > 1 ? 1 : 0;
                Assert.Equal(targets.OrderByDescending(static target => target.Score), targets);
                foreach (ScoredTarget target in targets)
                {
                    // Beams share rows, and their caches were copied from lane to lane; a score feeds the same tokens to one lane.
                    float[] scores = models.Method<ScoreOf>("Driver" + index, "Score")(file, source, target.Tokens);
                    scores.AsSpan(0, option.Prefix.Count).Clear();
                    Assert.Equal(scores, target.LogProbabilities);
                    Assert.Equal(option.Prefix, target.Tokens.Take(option.Prefix.Count));
                    Assert.Equal(target.LogProbabilities.Aggregate(0f, static (sum, value) => sum + value), target.Sum);
                }

                Assert.Equal(0, Least(() => models.Method<AllocatedBySearch>("SearchDriver" + index, "Allocated")(file, source, option)));
            }
        }

        Assert.InRange(several, shapes.Length, 4 * shapes.Length);
    }

    [Fact]
    public void A_batch_searches_for_each_source_what_it_finds_alone()
    {
        ModelShape[] shapes = random.Shapes;
        CompiledModels models = random.Models;
        for (int index = 0; index < shapes.Length; index++)
        {
            ModelShape shape = shapes[index];
            if (shape.MaxBatch == 1)
            {
                continue;
            }

            Random draw = new(index);
            byte[] file = new RandomWeights(shape, draw).ToSafetensors();
            int[][] sources = [.. Enumerable.Range(0, draw.Next(0, 12)).Select(_ => Ids(draw, draw.Next(1, shape.SourceLength + 1), shape.SourceVocabSize))];
            GenerationOptions options = index % 3 == 0
                ? new() { Sample = true, NBest = 2, Seed = 7 }
                : new() { Beams = shape.MaxBeams, NBest = shape.MaxBeams, Prefix = index % 2 == 0 ? [] : Prefix(draw, shape) };
            ScoredTarget[][] together = models.Method<SearchBatchFrom>("SearchBatchDriver" + index, "Search")(file, sources, options);
            Assert.Equal(sources.Length, together.Length);
            for (int source = 0; source < sources.Length; source++)
            {
                ScoredTarget[] alone = models.Method<SearchFrom>("SearchDriver" + index, "Search")(file, sources[source], options);
                Assert.Equal(alone.Length, together[source].Length);
                foreach ((ScoredTarget first, ScoredTarget second) in alone.Zip(together[source]))
                {
                    Assert.Equal(first.Tokens, second.Tokens);
                    Assert.Equal(first.LogProbabilities, second.LogProbabilities);
                    Assert.Equal(first.Score, second.Score);
                }
            }

            int[] lengths = [.. sources.Select(static source => source.Length)];
            Assert.Equal(0, Least(() => models.Method<AllocatedBySearchBatch>("SearchBatchDriver" + index, "Allocated")(file, [.. sources.SelectMany(static source => source)], lengths, options)));
        }
    }

    [Fact]
    public void Recorded_cross_attention_equals_plain_double_precision_and_nothing_else_is_recorded()
    {
        ModelShape[] shapes = random.Shapes;
        CompiledModels models = random.Models;
        int narrowed = 0;
        for (int index = 0; index < shapes.Length; index++)
        {
            ModelShape shape = shapes[index];
            if (!shape.RecordCrossAttention)
            {
                continue;
            }

            int[] layers = [.. (shape.RecordLayers ?? Enumerable.Range(0, shape.DecoderLayers)).Order()];
            int[] heads = [.. (shape.RecordHeads ?? Enumerable.Range(0, shape.DecoderHeads)).Order()];
            Assert.Equal([layers, heads], models.Method<RecordedBy>("RecordingDriver" + index, "Recorded")());
            Random draw = new(index);
            RandomWeights weights = new(shape, draw);
            byte[] file = weights.ToSafetensors();
            int[] source = Ids(draw, draw.Next(1, shape.SourceLength + 1), shape.SourceVocabSize);
            int[] target = Ids(draw, shape.TargetLength, shape.TargetVocabSize);
            ReferenceTransformer reference = new(shape, weights);
            reference.Logits(source, target);
            double tolerance = shape.IsQuantized ? QuantizedTolerance : Tolerance;
            double[] sum = new double[target.Length * source.Length];
            WeightsOf read = models.Method<WeightsOf>("RecordingDriver" + index, "Weights");
            for (int layer = 0; layer < shape.DecoderLayers; layer++)
            {
                for (int head = 0; head < shape.DecoderHeads; head++)
                {
                    if (!layers.Contains(layer) || !heads.Contains(head))
                    {
                        string wrong = layers.Contains(layer) ? "head" : "layer";
                        ArgumentOutOfRangeException refused = Assert.Throws<ArgumentOutOfRangeException>(wrong, () => read(file, source, target, layer, head));
                        Assert.Contains($"s {string.Join(", ", wrong == "head" ? heads : layers)}, counted", refused.Message, StringComparison.Ordinal);
                        narrowed++;
                        continue;
                    }

                    double[] expected = [.. reference.CrossWeights[layer].SelectMany(row => row[head])];
                    float[] found = read(file, source, target, layer, head);
                    AssertClose(expected, found, tolerance, $"Shape {index}, layer {layer}, head {head}");
                    sum = [.. sum.Zip(expected, static (total, weight) => total + weight)];
                }
            }

            double[] mean = [.. sum.Select(total => total / (layers.Length * heads.Length))];
            AssertClose(mean, models.Method<AverageOf>("RecordingDriver" + index, "Average")(file, source, target), tolerance, $"Shape {index}, average");
        }

        Assert.True(narrowed > 20, "Hardly any shape leaves layers or heads out.");

        static void AssertClose(double[] expected, float[] found, double tolerance, string what)
        {
            Assert.Equal(expected.Length, found.Length);
            double error = expected.Zip(found, static (a, b) => Math.Abs(a - b)).Max();
            Assert.True(error < tolerance, $"{what}: error {error:E2}");
        }
    }

    [Fact]
    public void Nothing_is_allocated_after_loading()
    {
        // Where unsafe code is allowed, scratch is not zeroed either: these two cover that.
        ModelShape[] shapes = Draw(seed: 7)[..2];
        using CompiledModels models = new(Source(shapes), allowUnsafe: true);
        for (int index = 0; index < shapes.Length; index++)
        {
            ModelShape shape = shapes[index];
            Random draw = new(index);
            byte[] file = new RandomWeights(shape, draw).ToSafetensors();
            int[] source = Ids(draw, shape.SourceLength, shape.SourceVocabSize);
            Assert.Equal(0, Least(() => models.Method<AllocatedBy>("Driver" + index, "Allocated")(file, source)));
        }
    }

    /// <summary>All shapes in one compilation, shared by the tests.</summary>
    public sealed class RandomModels : IDisposable
    {
        internal ModelShape[] Shapes { get; } = Draw(seed: 20171203);

        internal CompiledModels Models { get; }

        public RandomModels() => Models = new(Source(Shapes));

        public void Dispose() => Models.Dispose();
    }

    private static ModelShape[] Draw(int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, Shapes).Select(_ => ModelShape.Random(random))];
    }

    private static string Source(ModelShape[] shapes)
    {
        var source = new StringBuilder("using Formwork;\n#pragma warning disable FW0104, FW0301\n");
        for (int index = 0; index < shapes.Length; index++)
        {
            string number = index.ToString(System.Globalization.CultureInfo.InvariantCulture);
            source.AppendLine(shapes[index].Declare("Model" + number));
            string drivers = string.Join('\n', Driver, shapes[index].MaxBatch > 1 ? BatchDriver + "\n" + SearchBatchDriver : "", SearchDriver, shapes[index].RecordCrossAttention ? RecordingDriver : "");
            source.AppendLine(drivers.Replace("DriverN", "Driver" + number, StringComparison.Ordinal).Replace("ModelN", "Model" + number, StringComparison.Ordinal));
        }

        return source.ToString();
    }

    /// <summary>A prefix of any length that leaves room, without the end token, 1, and without padding, 2, which some families never produce.</summary>
    private static int[] Prefix(Random random, ModelShape shape) =>
        [.. Ids(random, random.Next(shape.TargetLength), shape.TargetVocabSize).Select(static id => id is 1 or 2 ? 0 : id)];

    private static int[] Ids(Random random, int count, int vocabulary) => [.. Enumerable.Range(0, count).Select(_ => random.Next(vocabulary))];
}
