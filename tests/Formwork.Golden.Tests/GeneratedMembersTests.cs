using Formwork.Generation;

namespace Formwork.Golden.Tests;

/// <summary>How a generated model behaves beside its numbers: misuse, states, allocation, threads.</summary>
public class GeneratedMembersTests
{
    private static readonly int[] Source = [31, 10, 19, 13, 5, 7];

    [SkippableFact]
    public void Misuse_is_refused_with_what_to_do()
    {
        using Transliteration model = Load();
        int[] target = new int[Transliteration.TargetLength];
        float[] logits = new float[Transliteration.TargetVocabSize];
        Says<ArgumentException>("at least one token", () => model.Generate([], target));
        Says<ArgumentException>("65 tokens, but this model was generated for at most SourceLength = 64", () => model.Generate(new int[65], target));
        Says<ArgumentException>("Token 1 of the source is 51", () => model.Generate([3, 51], target));
        Says<ArgumentException>("Token 0 of the source is -1", () => model.Generate([-1], target));
        Says<ArgumentException>("65 tokens, but this model was generated for at most TargetLength = 64", () => model.Score(Source, new int[65]));
        Says<ArgumentException>("Token 0 of the target is 43", () => model.Score(Source, [43]));
        Says<ArgumentException>("as many log-probabilities", () => model.Score(Source, [3], new float[2]));
        Says<ArgumentException>("takes StateBytes", () => Transliteration.State.Over(new byte[Transliteration.StateBytes - 1]));
        Says<InvalidOperationException>("call Encode and PrecomputeCrossCache", () => model.DecodeStep(1, model.CreateState(), logits));
        Says<InvalidOperationException>("call Encode before", () => model.PrecomputeCrossCache(model.CreateState()));
        StateMemory memory = model.CreateState();
        model.Encode(Source, memory);
        Says<InvalidOperationException>("The cross cache is missing", () => model.DecodeStep(1, memory, logits));
        model.PrecomputeCrossCache(memory);
        Says<InvalidOperationException>("Rewind", () => model.PrecomputeCrossCache(memory));
        Says<ArgumentException>("43 values", () => model.DecodeStep(1, memory, new float[42]));
        Says<ArgumentException>("between 0 and 42", () => model.DecodeStep(43, memory, logits));
        for (int position = 0; position < Transliteration.TargetLength; position++)
        {
            model.DecodeStep(1, memory, logits);
        }

        Says<InvalidOperationException>("All TargetLength = 64 positions", () => model.DecodeStep(1, memory, logits));
        memory.Dispose();
        Assert.Throws<ObjectDisposedException>(() => model.DecodeStep(1, memory, logits));
        model.Dispose();
        Assert.Throws<ObjectDisposedException>(() => model.Generate(Source, target));
    }

    [SkippableFact]
    public void A_short_target_is_filled_and_an_empty_one_is_left_alone()
    {
        using Transliteration model = Load();
        int[] whole = new int[Transliteration.TargetLength];
        int length = model.Generate(Source, whole);
        int[] three = new int[3];
        Assert.Equal(3, model.Generate(Source, three));
        Assert.Equal(whole[..3], three);
        Assert.Equal(0, model.Generate(Source, []));
        Assert.Equal(Transliteration.EndToken, whole[length - 1]);
    }

    [SkippableFact]
    public void Memory_that_another_model_wrote_counts_as_empty()
    {
        using Transliteration model = Load();
        byte[] memory = new byte[Transliteration.StateBytes];
        memory.AsSpan().Fill(0x5A);
        float[] logits = new float[Transliteration.TargetVocabSize];
        Says<InvalidOperationException>("The state is empty", () => model.DecodeStep(1, Transliteration.State.Over(memory), logits));

        // Garbage in the caches' unused lanes must not reach a result.
        memory.AsSpan().Fill(0xFF);
        int[] expected = new int[Transliteration.TargetLength];
        int[] found = new int[Transliteration.TargetLength];
        int length = model.Generate(Source, expected);
        Assert.Equal(length, model.Generate(Source, found, Transliteration.State.Over(memory)));
        Assert.Equal(expected, found);
    }

    [SkippableFact]
    public void Rewinding_decodes_the_same_source_again_with_the_same_bits()
    {
        using Transliteration model = Load();
        using StateMemory memory = model.CreateState();
        Transliteration.State state = memory;
        model.Encode(Source, state);
        model.PrecomputeCrossCache(state);
        float[] first = new float[Transliteration.TargetVocabSize];
        float[] again = new float[Transliteration.TargetVocabSize];
        model.DecodeStep(Transliteration.StartToken, state, first);
        model.DecodeStep(3, state, again);
        state.Rewind();
        Assert.Equal(0, state.Position);
        model.DecodeStep(Transliteration.StartToken, state, again);
        Assert.Equal(first, again);
    }

    [SkippableFact]
    public void Unaligned_memory_gives_the_same_bits()
    {
        using Transliteration model = Load();
        byte[] memory = GC.AllocateArray<byte>(Transliteration.StateBytes + 64, pinned: true);
        float[] expected = model.Score(Source, [3, 11, 23, 13, 8, 7, 2]);
        float[] found = new float[expected.Length];
        for (int offset = 0; offset < 64; offset += 4)
        {
            model.Score(Source, [3, 11, 23, 13, 8, 7, 2], found, Transliteration.State.Over(memory.AsSpan(offset)));
            Assert.Equal(expected, found);
        }
    }

    [SkippableFact]
    public void Nothing_is_allocated_after_loading()
    {
        using Transliteration model = Load();
        using StateMemory memory = model.CreateState();
        int[] target = new int[Transliteration.TargetLength];
        float[] scores = new float[7];
        float[] logits = new float[Transliteration.TargetVocabSize];
        Run();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Run();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Run()
        {
            model.Generate(Source, target);
            model.Score(Source, [3, 11, 23, 13, 8, 7, 2], scores);
            model.Encode(Source, memory);
            model.PrecomputeCrossCache(memory);
            model.DecodeStep(1, memory, logits);
        }
    }

    [SkippableFact]
    public void Threads_with_states_of_their_own_give_the_same_bits()
    {
        using Transliteration model = Load();
        int[] expected = new int[Transliteration.TargetLength];
        int length = model.Generate(Source, expected);
        Parallel.For(0, 64, _ =>
        {
            using StateMemory memory = model.CreateState();
            int[] found = new int[Transliteration.TargetLength];
            Assert.Equal(length, model.Generate(Source, found, memory));
            Assert.Equal(expected, found);
        });
    }

    [SkippableFact]
    public void A_temporary_model_survives_its_own_call()
    {
        int[] target = new int[Transliteration.TargetLength];
        for (int run = 0; run < 20; run++)
        {
            Assert.Equal(7, Load().Generate(Source, target));
            GC.Collect();
        }
    }

    [Fact]
    public void A_search_without_a_usable_token_says_where()
    {
        NoToken decoder = default;
        GenerationException exception = Assert.Throws<GenerationException>(() => GreedySearch.Generate(ref decoder, 0, 1, new int[4]));
        Assert.Contains("position 0", exception.Message, StringComparison.Ordinal);
    }

    private static Transliteration Load() => Transliteration.Load(SharedFolder.File("models", "aren-transliteration", "model.safetensors"));

    private static void Says<T>(string message, Action action)
        where T : Exception => Assert.Contains(message, Assert.ThrowsAny<T>(action).Message, StringComparison.Ordinal);

    private struct NoToken : IStepDecoder
    {
        public readonly int NextToken(int token) => -1;
    }
}
