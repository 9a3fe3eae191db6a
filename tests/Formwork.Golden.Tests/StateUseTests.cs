using System.Runtime.CompilerServices;
using Formwork.Generation;

namespace Formwork.Golden.Tests;

/// <summary>What happens when calls get into each other's way: a clear exception, and afterwards the right numbers again.</summary>
public class StateUseTests
{
    private static readonly int[] Source = [31, 10, 19, 13, 5, 7, EnglishToFrenchBeams.EndToken];
    private static readonly int[] Other = [44, 12, 9, EnglishToFrenchBeams.EndToken];

    [Fact]
    public void A_callback_cannot_use_the_state_or_the_search_that_called_it()
    {
        using EnglishToFrenchBeams model = Load();
        using StateMemory state = model.CreateState();
        int[] target = new int[EnglishToFrenchBeams.TargetLength];
        float[] logits = new float[EnglishToFrenchBeams.TargetVocabSize];
        List<Exception> refusals = [];
        Search? search = null;
        search = model.CreateSearch(new()
        {
            AllowedTokens = (_, allowed) =>
            {
                allowed.AddAll();
                refusals.Add(Assert.Throws<InvalidOperationException>(() => model.Generate(Source, target, state)));
                refusals.Add(Assert.Throws<InvalidOperationException>(() => model.Encode(Source, state)));
                refusals.Add(Assert.Throws<InvalidOperationException>(() => model.PrecomputeCrossCache(state)));
                refusals.Add(Assert.Throws<InvalidOperationException>(() => model.DecodeStep(1, state, logits)));
                refusals.Add(Assert.Throws<InvalidOperationException>(() => model.Score(Source, target, new float[target.Length], state)));
                refusals.Add(Assert.Throws<InvalidOperationException>(() => model.Stream(Source, state)));
                using StateMemory own = model.CreateState();
                refusals.Add(Assert.Throws<InvalidOperationException>(() => model.Generate(Other, search!, own)));
            },
        });
        model.Generate(Source, search, state);
        Assert.True(refusals.Count >= 14);
        Assert.All(refusals, static refusal => Assert.Contains("is in use by another call", refusal.Message, StringComparison.Ordinal));
        int length = model.Generate(Source, target, state);
        Assert.Equal(target.AsSpan(0, length), search[0].Tokens);
    }

    [Fact]
    public async Task A_second_thread_on_a_state_is_refused_and_the_first_one_is_not_disturbed()
    {
        using EnglishToFrenchBeams model = Load();
        using StateMemory state = model.CreateState();
        using BatchMemory batch = model.CreateBatch();
        int[] expected = Greedy(model, Source);
        using ManualResetEventSlim isInside = new();
        using ManualResetEventSlim isTried = new();
        GenerationOptions options = new()
        {
            AllowedTokens = (_, allowed) =>
            {
                allowed.AddAll();
                isInside.Set();
                isTried.Wait();
            },
        };
        foreach (bool inBatch in new[] { false, true })
        {
            isInside.Reset();
            isTried.Reset();
            Search search = model.CreateSearch(options);
            Task first = Task.Run(() =>
            {
                if (inBatch)
                {
                    model.Generate(Source, search, batch);
                }
                else
                {
                    model.Generate(Source, search, state);
                }
            });
            isInside.Wait();
            InvalidOperationException refusal = Assert.Throws<InvalidOperationException>(() =>
            {
                if (inBatch)
                {
                    model.GenerateBatch(Other, [Other.Length], new int[EnglishToFrenchBeams.TargetLength], new int[1], batch);
                }
                else
                {
                    model.Generate(Other, new int[8], state);
                }
            });
            Assert.Contains("give each thread its own", refusal.Message, StringComparison.Ordinal);
            isTried.Set();
            await first;
            Assert.Equal(expected, search[0].Tokens);
        }
    }

    [Fact]
    public void A_model_that_is_disposed_under_a_call_lets_it_finish_and_refuses_the_next()
    {
        EnglishToFrenchBeams model = Load();
        StateMemory state = model.CreateState();
        int[] expected = Greedy(model, Source);
        Search search = model.CreateSearch(new()
        {
            AllowedTokens = (_, allowed) =>
            {
                allowed.AddAll();
                model.Dispose();
            },
        });
        model.Generate(Source, search, state);
        Assert.Equal(expected, search[0].Tokens);
        ObjectDisposedException refusal = Assert.Throws<ObjectDisposedException>(() => model.Generate(Source, search, state));
        Assert.Contains("The model has been disposed", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<ObjectDisposedException>(() => model.Encode(Source, state));
        Assert.Throws<ObjectDisposedException>(() => model.Save(Path.GetTempFileName()));
        model.Dispose();
    }

    [Fact]
    public void Memory_that_was_never_a_state_counts_as_free_whatever_it_holds()
    {
        using EnglishToFrenchBeams model = Load();
        byte[] memory = GC.AllocateArray<byte>(EnglishToFrenchBeams.StateBytes, pinned: true);
        Random random = new(1);
        for (int trial = 0; trial < 20; trial++)
        {
            random.NextBytes(memory);
            int[] target = new int[EnglishToFrenchBeams.TargetLength];
            int length = model.Generate(Source, target, EnglishToFrenchBeams.State.Over(memory));
            Assert.Equal(Greedy(model, Source), target[..length]);
        }
    }

    [Fact]
    public void Memory_at_an_odd_address_is_refused()
    {
        using EnglishToFrenchBeams model = Load();
        byte[] memory = GC.AllocateArray<byte>(EnglishToFrenchBeams.StateBytes + 8, pinned: true);
        int[] target = new int[EnglishToFrenchBeams.TargetLength];
        Says("an address that 4 divides", () => model.Generate(Source, target, EnglishToFrenchBeams.State.Over(memory.AsSpan(1))));
        int length = model.Generate(Source, target, EnglishToFrenchBeams.State.Over(memory.AsSpan(4)));
        Assert.Equal(Greedy(model, Source), target[..length]);
    }

    [Fact]
    public void A_search_belongs_to_its_model_and_to_memory_that_is_large_enough()
    {
        using EnglishToFrenchBeams model = Load();
        using EnglishToFrench other = EnglishToFrench.Load(ModelFile);
        Says("was made for EnglishToFrench, but EnglishToFrenchBeams is to run it", () => model.Generate(Source, other.CreateSearch(new())));
        Says("holds one: run it on a batch", () => model.Generate(Source, model.CreateSearch(new() { Beams = 2 }), model.CreateState()));
        Says("from one hypothesis alone", () => model.Stream(Source, model.CreateSearch(new() { Sample = true, NBest = 2 }), model.CreateState()));
        Says("raise MaxBeams", () => model.CreateSearch(new() { Beams = 9 }));
        Says("takes MaxBatch = 4 searches, but 1", () => model.GenerateBatch(Source, [Source.Length], [model.CreateSearch(new())], static (_, _) => { }, model.CreateBatch()));
        Search twice = model.CreateSearch(new());
        Says("given twice", () => model.GenerateBatch(Source, [Source.Length], [twice, twice, twice, twice], static (_, _) => { }, model.CreateBatch()));
        Says("takes BatchBytes", () => EnglishToFrenchBeams.Batch.Over(new byte[EnglishToFrenchBeams.BatchBytes - 1]));
        Says("The source is empty", () => model.Generate([], model.CreateSearch(new())));
    }

    [Fact]
    public void An_empty_source_has_an_empty_target_under_CTranslate2()
    {
        using EnglishToFrenchBeams model = Load();
        ScoredTarget target = Assert.Single(model.Generate([], new GenerationOptions { Convention = ScoreConvention.CTranslate2, Beams = 3 }));
        Assert.Empty(target.Tokens);
        Assert.Equal(0, target.Score);
    }

    [Fact]
    public void An_exception_of_a_rule_leaves_everything_usable()
    {
        using EnglishToFrenchBeams model = Load();
        using BatchMemory batch = model.CreateBatch();
        StrongBox<int> left = new(3);
        Search search = model.CreateSearch(new()
        {
            Beams = 4,
            AllowedTokens = (_, allowed) =>
            {
                allowed.AddAll();
                if (left.Value-- == 0)
                {
                    throw new NotSupportedException("mine");
                }
            },
        });
        Assert.Equal("mine", Assert.Throws<NotSupportedException>(() => model.Generate(Source, search, batch)).Message);
        Assert.Equal(0, search.Count);
        left.Value = -1;
        model.Generate(Source, search, batch);
        Assert.Equal(model.Generate(Source, new GenerationOptions { Beams = 4 })[0].Tokens, search[0].Tokens);
    }

    [Fact]
    public void One_model_serves_many_threads_each_with_its_own_memory()
    {
        using EnglishToFrenchBeams model = Load();
        GenerationOptions options = new() { Beams = 4, NBest = 4 };
        ScoredTarget[] expected = model.Generate(Source, options);
        Parallel.For(0, 16, _ =>
        {
            using BatchMemory batch = model.CreateBatch();
            Search search = model.CreateSearch(options);
            model.Generate(Source, search, batch);
            for (int index = 0; index < expected.Length; index++)
            {
                Assert.Equal(expected[index].Tokens, search[index].Tokens);
                Assert.Equal(expected[index].Score, search[index].Score);
            }
        });
    }

    private static string ModelFile => Path.Combine(RepositoryFolder.Get("samples", "Translate", "model"), "model.safetensors");

    private static EnglishToFrenchBeams Load() => EnglishToFrenchBeams.Load(ModelFile);

    private static int[] Greedy(EnglishToFrenchBeams model, int[] source)
    {
        int[] target = new int[EnglishToFrenchBeams.TargetLength];
        return target[..model.Generate(source, target)];
    }

    private static void Says(string message, Action action) =>
        Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(action).Message, StringComparison.Ordinal);
}
