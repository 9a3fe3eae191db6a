using Formwork.Generation;

namespace Formwork.Tests.Generation;

/// <summary>Phrases that have to appear.</summary>
[Trait("Category", "Generation")]
public class SearchPhraseTests
{
    private const int Room = 14;

    [Theory]
    [InlineData(ScoreConvention.HuggingFace, 31)]
    [InlineData(ScoreConvention.CTranslate2, 32)]
    public void Every_hypothesis_holds_every_phrase(ScoreConvention convention, int seed)
    {
        RandomProblems problems = new(seed);
        int found = 0;
        for (int draw = 0; draw < 1000; draw++)
        {
            ReferenceProblem problem = WithPhrases(problems, problems.Next(convention));
            foreach (ScoredTarget target in Engine.Run(problem))
            {
                Assert.All(problem.Options.Phrases, phrase => Assert.True(target.Tokens.AsSpan().IndexOf(phrase) >= 0, $"Draw {draw}"));
                Assert.Equal(target.LogProbabilities.Sum(static value => (double)value), target.Sum, 1e-4);
                found++;
            }
        }

        Assert.True(found > 1000);
    }

    [Fact]
    public void Enough_beams_find_the_best_target_that_holds_a_phrase()
    {
        RandomProblems problems = new(33);
        int differs = 0;
        for (int draw = 0; draw < 200; draw++)
        {
            // Two different ids do not overlap with themselves, so that the room which the rule keeps free is exactly what they need.
            const int Vocabulary = 4;
            const int Most = 4;
            const int End = 0;
            int first = 1 + problems.Number(3);
            int[] phrase = [first, 1 + (first % 3)];
            ToyModel model = new(Vocabulary, -1, problems.Number(int.MaxValue));
            DecodingShape shape = new("Toy", Vocabulary, 6, 6, StartToken: 1, End, MaskedToken: -1, MaxBeams: 64, RecordsCrossAttention: false);
            GenerationOptions options = new() { Beams = 64, NBest = 3, MaxLength = Most, EarlyStopping = EarlyStopping.Never, LengthPenalty = 0.6f };
            ReferenceProblem without = new(model, shape, options, problems.Source(model));
            ReferenceHypothesis[] all = Enumeration.Run(without);
            ReferenceHypothesis[] expected = [.. all.Where(target => target.Tokens.AsSpan().IndexOf(phrase) is >= 0 and <= Most - 3)];
            ScoredTarget[] found = Engine.Run(without with { Options = options with { Phrases = [phrase] } });
            Assert.Equal(expected.Take(3).Select(static target => target.Tokens), found.Select(static target => target.Tokens));
            Assert.All(expected.Zip(found), static pair => Assert.Equal(pair.First.Score, pair.Second.Score, 1e-4));
            differs += all[0].Tokens.SequenceEqual(found[0].Tokens) ? 0 : 1;
        }

        Assert.True(differs > 100, "The phrase has to matter.");
    }

    /// <summary>The same with up to three phrases of up to three ids, enough room for them, and no rule that might forbid one.</summary>
    internal static ReferenceProblem WithPhrases(RandomProblems problems, ReferenceProblem problem)
    {
        DecodingShape shape = problem.Shape with { TargetLength = Room };
        int[] usable = [.. Enumerable.Range(0, shape.Vocabulary).Where(id => id != shape.EndToken && id != shape.MaskedToken)];
        int[] prefix = [.. problem.Options.Prefix.Take(3)];
        GenerationOptions options = problem.Options with
        {
            Phrases = [.. Enumerable.Range(0, 1 + problems.Number(3)).Select(_ =>
                Enumerable.Range(0, 1 + problems.Number(3)).Select(_ => usable[problems.Number(usable.Length)]).ToArray())],
            Prefix = prefix,
            PrefixBias = prefix.Length == 0 ? 0 : problem.Options.PrefixBias,
            MinLength = 0,
            MaxLength = null,
            NoRepeatNgram = 0,
            SuppressedTokens = [],
            SuppressedAtStart = [],
            SuppressedSequences = [],
            AllowedTokens = null,
            ForcedStart = null,
            ForcedEnd = null,
        };
        return problem with { Shape = shape, Options = options };
    }
}
