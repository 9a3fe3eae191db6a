using Formwork.Generation;

namespace Formwork.Golden.Tests;

/// <summary>How a generated model behaves beside its numbers: misuse, states, allocation, threads.</summary>
public class GeneratedMembersTests
{
    private static readonly int[] Source = [31, 10, 19, 13, 5, 7, EnglishToFrench.EndToken];
    private static readonly int[] Target = [3, 11, 23, 13, 8, 7, EnglishToFrench.EndToken];

    [Fact]
    public void Misuse_is_refused_with_what_to_do()
    {
        using EnglishToFrench model = Load();
        int[] target = new int[EnglishToFrench.TargetLength];
        float[] logits = new float[EnglishToFrench.TargetVocabSize];
        Says<ArgumentException>("at least one token", () => model.Generate([], target));
        Says<ArgumentException>("129 tokens, but this model was generated for at most SourceLength = 128", () => model.Generate(new int[129], target));
        Says<ArgumentException>("Token 1 of the source is 8000", () => model.Generate([3, 8000], target));
        Says<ArgumentException>("Token 0 of the source is -1", () => model.Generate([-1], target));
        Says<ArgumentException>("129 tokens, but this model was generated for at most TargetLength = 128", () => model.Score(Source, new int[129]));
        Says<ArgumentException>("Token 0 of the target is 8000", () => model.Score(Source, [8000]));
        Says<ArgumentException>("as many log-probabilities", () => model.Score(Source, [3], new float[2]));
        Says<ArgumentException>("takes StateBytes", () => EnglishToFrench.State.Over(new byte[EnglishToFrench.StateBytes - 1]));
        Says<InvalidOperationException>("call Encode and PrecomputeCrossCache", () => model.DecodeStep(1, model.CreateState(), logits));
        Says<InvalidOperationException>("call Encode before", () => model.PrecomputeCrossCache(model.CreateState()));
        StateMemory memory = model.CreateState();
        model.Encode(Source, memory);
        Says<InvalidOperationException>("The cross cache is missing", () => model.DecodeStep(1, memory, logits));
        model.PrecomputeCrossCache(memory);
        Says<InvalidOperationException>("Rewind", () => model.PrecomputeCrossCache(memory));
        Says<ArgumentException>("8000 values", () => model.DecodeStep(1, memory, new float[42]));
        Says<ArgumentException>("between 0 and 7999", () => model.DecodeStep(8000, memory, logits));
        for (int position = 0; position < EnglishToFrench.TargetLength; position++)
        {
            model.DecodeStep(1, memory, logits);
        }

        Says<InvalidOperationException>("All TargetLength = 128 positions", () => model.DecodeStep(1, memory, logits));
        memory.Dispose();
        Assert.Throws<ObjectDisposedException>(() => model.DecodeStep(1, memory, logits));
        model.Dispose();
        Assert.Throws<ObjectDisposedException>(() => model.Generate(Source, target));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void Threads_change_no_bit(int threads)
    {
        // A source of full length, so that the encoder's work is worth sharing.
        int[] source = new int[EnglishToFrench.SourceLength];
        for (int i = 0; i < source.Length; i++)
        {
            source[i] = 3 + (i * 61 % 7_000);
        }

        using EnglishToFrench alone = Load();
        using EnglishToFrench shared = Load(threads);
        Assert.Equal(alone.Score(source, Target), shared.Score(source, Target));
        Assert.Equal(alone.Score(Source, Target), shared.Score(Source, Target));
    }

    [Fact]
    public void A_wrong_number_of_threads_is_refused_before_the_file_is_opened()
    {
        const string Missing = "there is no such file";
        Assert.Throws<ArgumentOutOfRangeException>("threads", () => EnglishToFrench.Load(Missing, threads: 0));
        Assert.Throws<ArgumentOutOfRangeException>("threads", () => EnglishToFrench.Load(Missing, threads: -1));
        Assert.Throws<ArgumentOutOfRangeException>("threads", () => EnglishToFrench.Load(ReadOnlyMemory<byte>.Empty, threads: 0));
    }

    [Fact]
    public void A_short_target_is_filled_and_an_empty_one_is_left_alone()
    {
        using EnglishToFrench model = Load();
        int[] whole = new int[EnglishToFrench.TargetLength];
        int length = model.Generate(Source, whole);
        int[] start = new int[length - 1];
        Assert.Equal(length - 1, model.Generate(Source, start));
        Assert.Equal(whole[..(length - 1)], start);
        Assert.Equal(0, model.Generate(Source, []));
        Assert.Equal(EnglishToFrench.EndToken, whole[length - 1]);
    }

    [Fact]
    public void Memory_that_another_model_wrote_counts_as_empty()
    {
        using EnglishToFrench model = Load();
        byte[] memory = new byte[EnglishToFrench.StateBytes];
        memory.AsSpan().Fill(0x5A);
        float[] logits = new float[EnglishToFrench.TargetVocabSize];
        Says<InvalidOperationException>("The state is empty", () => model.DecodeStep(1, EnglishToFrench.State.Over(memory), logits));

        // Garbage in the caches' unused lanes must not reach a result.
        memory.AsSpan().Fill(0xFF);
        int[] expected = new int[EnglishToFrench.TargetLength];
        int[] found = new int[EnglishToFrench.TargetLength];
        int length = model.Generate(Source, expected);
        Assert.Equal(length, model.Generate(Source, found, EnglishToFrench.State.Over(memory)));
        Assert.Equal(expected, found);
    }

    [Fact]
    public void Rewinding_decodes_the_same_source_again_with_the_same_bits()
    {
        using EnglishToFrench model = Load();
        using StateMemory memory = model.CreateState();
        EnglishToFrench.State state = memory;
        model.Encode(Source, state);
        model.PrecomputeCrossCache(state);
        float[] first = new float[EnglishToFrench.TargetVocabSize];
        float[] again = new float[EnglishToFrench.TargetVocabSize];
        model.DecodeStep(EnglishToFrench.StartToken, state, first);
        model.DecodeStep(3, state, again);
        state.Rewind();
        Assert.Equal(0, state.Position);
        model.DecodeStep(EnglishToFrench.StartToken, state, again);
        Assert.Equal(first, again);
    }

    [Fact]
    public void Unaligned_memory_gives_the_same_bits()
    {
        using EnglishToFrench model = Load();
        byte[] memory = GC.AllocateArray<byte>(EnglishToFrench.StateBytes + 64, pinned: true);
        float[] expected = model.Score(Source, Target);
        float[] found = new float[expected.Length];
        for (int offset = 0; offset < 64; offset += 4)
        {
            model.Score(Source, Target, found, EnglishToFrench.State.Over(memory.AsSpan(offset)));
            Assert.Equal(expected, found);
        }
    }

    [Fact]
    public void Nothing_is_allocated_after_loading()
    {
        using EnglishToFrench model = Load();
        using StateMemory memory = model.CreateState();
        int[] target = new int[EnglishToFrench.TargetLength];
        float[] scores = new float[7];
        float[] logits = new float[EnglishToFrench.TargetVocabSize];
        Run();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Run();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Run()
        {
            model.Generate(Source, target);
            model.Score(Source, Target, scores);
            model.Encode(Source, memory);
            model.PrecomputeCrossCache(memory);
            model.DecodeStep(1, memory, logits);
        }
    }

    [Fact]
    public void Threads_with_states_of_their_own_give_the_same_bits()
    {
        using EnglishToFrench model = Load();
        int[] expected = new int[EnglishToFrench.TargetLength];
        int length = model.Generate(Source, expected);
        Parallel.For(0, 64, _ =>
        {
            using StateMemory memory = model.CreateState();
            int[] found = new int[EnglishToFrench.TargetLength];
            Assert.Equal(length, model.Generate(Source, found, memory));
            Assert.Equal(expected, found);
        });
    }

    [Fact]
    public void A_search_without_a_usable_token_says_where()
    {
        NoToken decoder = default;
        GenerationException exception = Assert.Throws<GenerationException>(() => GreedySearch.Generate(ref decoder, 0, 1, new int[4], CancellationToken.None));
        Assert.Contains("position 0", exception.Message, StringComparison.Ordinal);
    }

    private static EnglishToFrench Load(int threads = 1) =>
        EnglishToFrench.Load(Path.Combine(RepositoryFolder.Get("samples", "Translate", "model"), "model.safetensors"), threads);

    private static void Says<T>(string message, Action action)
        where T : Exception => Assert.Contains(message, Assert.ThrowsAny<T>(action).Message, StringComparison.Ordinal);

    private struct NoToken : IStepDecoder
    {
        public readonly int NextToken(int token) => -1;
    }
}
