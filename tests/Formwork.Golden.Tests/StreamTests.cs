using Formwork.Generation;

namespace Formwork.Golden.Tests;

/// <summary>Targets token by token: the same tokens, stopped and interrupted anywhere.</summary>
public class StreamTests
{
    private static readonly int[] Source = [31, 10, 19, 13, 5, 7, EnglishToFrenchBeams.EndToken];

    [Fact]
    public void A_stream_gives_the_tokens_of_Generate_without_allocating()
    {
        using EnglishToFrenchBeams model = Load();
        using StateMemory state = model.CreateState();
        int[] target = new int[EnglishToFrenchBeams.TargetLength];
        int length = model.Generate(Source, target);
        foreach (int token in model.Stream(Source, state))
        {
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        int position = 0;
        foreach (int token in model.Stream(Source, state))
        {
            if (target[position++] != token)
            {
                break;
            }
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(length, position);
    }

    [Fact]
    public void A_stream_of_a_search_gives_the_search_s_tokens_without_its_prefix()
    {
        using EnglishToFrenchBeams model = Load();
        using StateMemory state = model.CreateState();
        foreach (GenerationOptions options in new GenerationOptions[]
        {
            new(), new() { MinLength = 20 }, new() { Sample = true, Seed = 3 }, new() { Prefix = [17, 30] }, new() { MaxLength = 3 }, new() { Convention = ScoreConvention.CTranslate2, NoRepeatNgram = 1 },
        })
        {
            Search search = model.CreateSearch(options);
            List<int> tokens = new(EnglishToFrenchBeams.TargetLength);
            tokens.AddRange(options.Prefix);

            // What the runtime allocates when it compiles a method for the first time is none of the stream's.
            foreach (int token in model.Stream(Source, search, state))
            {
            }

            long before = GC.GetAllocatedBytesForCurrentThread();
            foreach (int token in model.Stream(Source, search, state))
            {
                tokens.Add(token);
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

            Assert.Equal(search[0].Tokens, tokens.ToArray());
            ScoredTarget whole = Assert.Single(model.Generate(Source, options));
            Assert.Equal(whole.Tokens, tokens);
            Assert.Equal(whole.LogProbabilities, search[0].LogProbabilities);
        }
    }

    [Fact]
    public void A_stream_may_be_left_at_any_token_and_its_state_used_again()
    {
        using EnglishToFrenchBeams model = Load();
        using StateMemory state = model.CreateState();
        int[] target = new int[EnglishToFrenchBeams.TargetLength];
        int length = model.Generate(Source, target);
        for (int leave = 0; leave < length; leave++)
        {
            int seen = 0;
            foreach (int token in model.Stream(Source, state))
            {
                Assert.Equal(target[seen], token);
                if (seen++ == leave)
                {
                    break;
                }
            }
        }

        int[] again = new int[EnglishToFrenchBeams.TargetLength];
        Assert.Equal(length, model.Generate(Source, again, state));
        Assert.Equal(target, again);
    }

    [Fact]
    public void A_stream_notices_that_its_state_went_to_another_source()
    {
        using EnglishToFrenchBeams model = Load();
        StateMemory state = model.CreateState();
        InvalidOperationException refusal = Assert.Throws<InvalidOperationException>(() =>
        {
            foreach (int token in model.Stream(Source, state))
            {
                model.Encode(Source, state);
            }
        });
        Assert.Contains("used for another source since this stream began", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stream_notices_that_its_search_went_to_another_run()
    {
        using EnglishToFrenchBeams model = Load();
        using StateMemory state = model.CreateState();
        foreach (GenerationOptions options in new GenerationOptions[] { new(), new() { Sample = true } })
        {
            Search search = model.CreateSearch(options);
            InvalidOperationException refusal = Assert.Throws<InvalidOperationException>(() =>
            {
                foreach (int token in model.Stream(Source, search, state))
                {
                    model.Generate(Source, search);
                }
            });
            Assert.Contains("used for another run since this stream began", refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_callback_sees_every_token_stops_where_it_likes_and_may_throw()
    {
        using EnglishToFrenchBeams model = Load();
        using StateMemory state = model.CreateState();
        int[] expected = new int[EnglishToFrenchBeams.TargetLength];
        int length = model.Generate(Source, expected);
        List<int> seen = [];
        int[] target = new int[EnglishToFrenchBeams.TargetLength];
        Assert.Equal(length, model.Generate(Source, target, token => { seen.Add(token); return true; }, state));
        Assert.Equal(expected[..length], seen);
        Assert.Equal(expected, target);
        Assert.Equal(2, model.Generate(Source, target, token => token != expected[1], state));
        Assert.Throws<NotSupportedException>(() => model.Generate(Source, target, static _ => throw new NotSupportedException(), state));
        Assert.Equal(length, model.Generate(Source, target, state));
        Assert.Equal(expected, target);
        Assert.Equal(0, model.Generate(Source, [], static _ => true, state));
    }

    [Fact]
    public void Every_mode_is_cancelled_between_two_steps_and_works_again_afterwards()
    {
        using EnglishToFrenchBeams model = Load();
        using StateMemory state = model.CreateState();
        using BatchMemory batch = model.CreateBatch();
        int[] expected = new int[EnglishToFrenchBeams.TargetLength];
        int length = model.Generate(Source, expected);
        for (int steps = 0; steps < length; steps++)
        {
            using CancellationTokenSource source = new();
            int left = steps;
            GenerationOptions options = new()
            {
                AllowedTokens = (_, allowed) =>
                {
                    allowed.AddAll();
                    if (left-- == 0)
                    {
                        source.Cancel();
                    }
                },
            };
            Search search = model.CreateSearch(options);
            if (steps + 1 < length)
            {
                Assert.Throws<OperationCanceledException>(() => model.Generate(Source, search, state, source.Token));
                Assert.Equal(0, search.Count);
            }

            left = -1;
            model.Generate(Source, search, state);
            Assert.Equal(expected.AsSpan(0, length), search[0].Tokens);
        }

        using CancellationTokenSource cancelled = new();
        cancelled.Cancel();
        int[] target = new int[EnglishToFrenchBeams.TargetLength];
        Search beams = model.CreateSearch(new() { Beams = 3 });
        Assert.Throws<OperationCanceledException>(() => model.Generate(Source, target, state, cancelled.Token));
        Assert.Throws<OperationCanceledException>(() => model.Generate(Source, beams, batch, cancelled.Token));
        Assert.Throws<OperationCanceledException>(() => model.GenerateBatch([Source], cancelled.Token));
        Assert.Throws<OperationCanceledException>(() => model.GenerateBatch([Source], new GenerationOptions { Beams = 2 }, cancelled.Token));
        Assert.Throws<OperationCanceledException>(() => model.Alternatives(Source, [], 3, cancellation: cancelled.Token));
        Assert.Throws<OperationCanceledException>(() => model.Stream(Source, state, cancelled.Token).MoveNext());
        Assert.Equal(length, model.Generate(Source, target, state));
        Assert.Equal(expected, target);
    }

    private static EnglishToFrenchBeams Load() =>
        EnglishToFrenchBeams.Load(Path.Combine(RepositoryFolder.Get("samples", "Translate", "model"), "model.safetensors"));
}
