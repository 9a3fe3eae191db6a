using Formwork.Generation;
using Formwork.Generation.Constraints;
using Formwork.Tests.Kernels;

namespace Formwork.Tests.Generation;

[Trait("Category", "Generation")]
public class TokenRulesTests
{
    private const int Vocabulary = 12;
    private const float Banned = float.NegativeInfinity;
    private static readonly float[] Scores = Samples.Uniform(new Random(5), Vocabulary, -3, 3);

    public static TheoryData<ScoreConvention> Conventions => [ScoreConvention.HuggingFace, ScoreConvention.CTranslate2];

    [Fact]
    public void Without_options_there_are_no_rules()
    {
        Assert.True(new TokenRules(new(), Decoding.Shape()).IsEmpty);
        Assert.Null(new TokenRules(new(), Decoding.Shape()).Phrases);
        Assert.True(new TokenRules(new(), Decoding.Shape(maskedToken: 3)).IsEmpty);
        Assert.False(new TokenRules(new() { MinLength = 1 }, Decoding.Shape()).IsEmpty);
    }

    [Theory]
    [MemberData(nameof(Conventions))]
    public void Random_options_agree_with_the_plain_reference(ScoreConvention convention)
    {
        Random random = new(6);
        for (int trial = 0; trial < 3000; trial++)
        {
            GenerationOptions options = RandomOptions(random) with { Convention = convention };
            DecodingShape shape = Decoding.Shape(Vocabulary, maskedToken: random.Next(3) == 0 ? random.Next(Vocabulary) : -1);
            TokenRules rules = new(options, shape);

            // Several rows, so that nothing may be left over from one to the next.
            for (int row = 0; row < 4; row++)
            {
                float[] scores = Samples.Uniform(random, Vocabulary, -3, 3);
                int[] decoderIds = [Decoding.StartToken, .. Decoding.Ids(random, random.Next(9), random.Next(2, Vocabulary))];
                int prefixLength = random.Next(Math.Min(4, decoderIds.Length));
                int remaining = random.Next(1, 4);
                Assert.Equal(
                    RuleReference.Apply(options, shape, scores, decoderIds, prefixLength, remaining),
                    rules.Apply(scores, decoderIds, prefixLength, remaining));
            }
        }
    }

    [Fact]
    public void A_repeated_token_is_penalised_once()
    {
        TokenRules rules = new(new() { RepetitionPenalty = 2, Convention = ScoreConvention.CTranslate2 }, Decoding.Shape(4));
        Assert.Equal([1, -2, 1, -4], rules.Apply([1, -2, 2, -2], [1, 3, 2, 3, 2, 3, 2]));
    }

    [Fact]
    public void Only_the_history_of_Hugging_Face_begins_with_the_start_token()
    {
        GenerationOptions penalty = new() { RepetitionPenalty = 2 };
        Assert.Equal([1, 1, 2, 2], new TokenRules(penalty, Decoding.Shape(4)).Apply([1, 2, 2, 2], [1]));
        Assert.Equal([1, 2, 2, 2], new TokenRules(penalty with { Convention = ScoreConvention.CTranslate2 }, Decoding.Shape(4)).Apply([1, 2, 2, 2], [1]));

        GenerationOptions ngrams = new() { NoRepeatNgram = 2 };
        Assert.Equal([2, Banned, 2, 2], new TokenRules(ngrams, Decoding.Shape(4)).Apply([2, 2, 2, 2], [1, 1]));
        Assert.Equal([2, 2, 2, 2], new TokenRules(ngrams with { Convention = ScoreConvention.CTranslate2 }, Decoding.Shape(4)).Apply([2, 2, 2, 2], [1, 1]));
    }

    [Fact]
    public void Only_the_lengths_of_CTranslate2_count_the_prefix()
    {
        GenerationOptions options = new() { MinLength = 3, Prefix = [5, 6] };
        TokenRules huggingFace = new(options, Decoding.Shape());
        TokenRules translator = new(options with { Convention = ScoreConvention.CTranslate2 }, Decoding.Shape());
        Assert.Equal(Banned, translator.Apply(Scores, [1, 5, 6], prefixLength: 2)[0]);
        Assert.Equal(Scores, translator.Apply(Scores, [1, 5, 6, 7], prefixLength: 2));
        Assert.Equal(Banned, huggingFace.Apply(Scores, [1, 5, 6, 7, 8], prefixLength: 2)[0]);
        Assert.Equal(Scores, huggingFace.Apply(Scores, [1, 5, 6, 7, 8, 9], prefixLength: 2));
    }

    [Fact]
    public void Only_Hugging_Face_suppresses_what_is_forced()
    {
        GenerationOptions options = new() { ForcedStart = 3, SuppressedTokens = [3] };
        Assert.All(new TokenRules(options, Decoding.Shape()).Apply(Scores, [1]), score => Assert.Equal(Banned, score));
        float[] forced = new TokenRules(options with { Convention = ScoreConvention.CTranslate2 }, Decoding.Shape()).Apply(Scores, [1]);
        Assert.Equal([3], Decoding.Possible(forced));
        Assert.Equal(0, forced[3]);
    }

    [Theory]
    [MemberData(nameof(Conventions))]
    public void Tokens_are_suppressed_behind_a_forced_start(ScoreConvention convention)
    {
        TokenRules rules = new(new() { ForcedStart = 3, SuppressedAtStart = [3, 4], Convention = convention }, Decoding.Shape());
        Assert.Equal([3], Decoding.Possible(rules.Apply(Scores, [1])));
        Assert.Equal([0, 1, 2, 5, 6, 7, 8, 9, 10, 11], Decoding.Possible(rules.Apply(Scores, [1, 3])));
        Assert.Equal(Scores, rules.Apply(Scores, [1, 3, 5]));
    }

    [Theory]
    [MemberData(nameof(Conventions))]
    public void Thousands_of_suppressed_sequences_agree_with_the_plain_reference(ScoreConvention convention)
    {
        Random random = new(7);
        GenerationOptions options = new()
        {
            Convention = convention,
            SuppressedSequences = [.. Enumerable.Range(0, 5000).Select(_ => Decoding.Ids(random, random.Next(2, 7), 60))],
        };
        DecodingShape shape = Decoding.Shape(60);
        TokenRules rules = new(options, shape);
        int banned = 0;
        for (int trial = 0; trial < 300; trial++)
        {
            // Half of the histories end like a sequence, so that long ones match too.
            int[] ids = [Decoding.StartToken, .. Decoding.Ids(random, random.Next(8), 60), .. trial % 2 == 0 ? [] : options.SuppressedSequences[trial][..^1]];
            float[] scores = new float[60];
            float[] changed = rules.Apply(scores, ids);
            Assert.Equal(RuleReference.Apply(options, shape, scores, ids, 0, 10), changed);
            banned += changed.Count(score => score == Banned);
        }

        Assert.True(banned > 1000);
    }

    [Fact]
    public void The_function_says_what_may_come_and_gets_an_empty_set_each_time()
    {
        List<int[]> targets = [];
        TokenRules rules = new(new()
        {
            AllowedTokens = (target, allowed) =>
            {
                Assert.Equal(0, allowed.Count);
                targets.Add(target.ToArray());
                allowed.Add(target.Length);
                allowed.Add(11);
            },
        }, Decoding.Shape());
        Assert.Equal([0, 11], Decoding.Possible(rules.Apply(Scores, [1])));
        float[] second = rules.Apply(Scores, [1, 7, 8]);
        Assert.Equal([2, 11], Decoding.Possible(second));
        Assert.Equal(Scores[2], second[2]);
        Assert.Equal([[], [7, 8]], targets);
    }

    [Fact]
    public void A_function_that_allows_nothing_is_named_with_the_position()
    {
        TokenRules rules = new(new() { AllowedTokens = static (_, _) => { } }, Decoding.Shape());
        GenerationException exception = Assert.Throws<GenerationException>(() => rules.Apply(Scores, [1, 7, 8]));
        Assert.Equal(
            "The function AllowedTokens of the options allowed no token at position 2: " +
            "it has to add at least one id to the set, and the end token 0 where nothing else may come.",
            exception.Message);
    }

    [Fact]
    public void A_function_that_throws_is_not_swallowed()
    {
        TokenRules rules = new(new() { AllowedTokens = static (_, _) => throw new TimeoutException() }, Decoding.Shape());
        Assert.Throws<TimeoutException>(() => rules.Apply(Scores, [1]));
    }

    [Theory]
    [MemberData(nameof(Conventions))]
    public void NaN_is_not_hidden_by_penalties(ScoreConvention convention)
    {
        TokenRules rules = new(new() { RepetitionPenalty = 2, MinLength = 9, Convention = convention }, Decoding.Shape(4));
        Assert.True(float.IsNaN(rules.Apply([0, 0, float.NaN, 0], [1, 2])[2]));
    }

    [Theory]
    [MemberData(nameof(Conventions))]
    public void Applying_every_rule_allocates_nothing(ScoreConvention convention)
    {
        TokenRules rules = new(new()
        {
            Convention = convention,
            MinLength = 5,
            RepetitionPenalty = 1.3f,
            NoRepeatNgram = 3,
            SuppressedTokens = [4],
            SuppressedAtStart = [5],
            SuppressedSequences = [[6], [7, 8]],
            ForcedStart = 9,
            ForcedEnd = 0,
            Phrases = [[2, 3], [3, 2, 2]],
            AllowedTokens = static (_, allowed) => allowed.AddAll(),
        }, Decoding.Shape(maskedToken: 11));
        float[] scores = [.. Scores];
        int[] decoderIds = [1, 9, 3, 2, 7, 3, 2];

        void Run()
        {
            for (int length = 1; length <= decoderIds.Length; length++)
            {
                rules.Apply(scores, new RowContext(decoderIds.AsSpan(0, length), 0, 8 - length, default));
            }
        }

        Run();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int repeat = 0; repeat < 100; repeat++)
        {
            Run();
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static GenerationOptions RandomOptions(Random random)
    {
        bool Is() => random.Next(3) == 0;
        return new()
        {
            MinLength = Is() ? random.Next(6) : 0,
            RepetitionPenalty = Is() ? 0.5f + random.NextSingle() : 1,
            NoRepeatNgram = Is() ? random.Next(1, 4) : 0,
            SuppressedTokens = Is() ? Decoding.Ids(random, 3, Vocabulary) : [],
            SuppressedAtStart = Is() ? Decoding.Ids(random, 3, Vocabulary) : [],
            SuppressedSequences = Is() ? [.. Enumerable.Range(0, 30).Select(_ => Decoding.Ids(random, random.Next(1, 4), Vocabulary))] : [],
            ForcedStart = Is() ? random.Next(Vocabulary) : null,
            ForcedEnd = Is() ? random.Next(Vocabulary) : null,
        };
    }
}
