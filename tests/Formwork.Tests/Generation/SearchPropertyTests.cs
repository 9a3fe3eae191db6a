using Formwork.Generation;
using Formwork.Generation.Constraints;

namespace Formwork.Tests.Generation;

/// <summary>What holds for every hypothesis by the meaning of the options, whatever the search does to find it.</summary>
[Trait("Category", "Generation")]
public class SearchPropertyTests
{
    private const int Draws = 2000;

    [Theory]
    [InlineData(ScoreConvention.HuggingFace, 21)]
    [InlineData(ScoreConvention.CTranslate2, 22)]
    public void Every_hypothesis_keeps_to_the_options(ScoreConvention convention, int seed)
    {
        RandomProblems problems = new(seed);
        int hypotheses = 0;
        for (int draw = 0; draw < Draws; draw++)
        {
            ReferenceProblem problem = problems.Next(convention);
            ScoredTarget[] found = Engine.Run(problem);
            Assert.InRange(found.Length, 0, problem.Options.NBest);
            Assert.Equal(found.Length, found.Select(static target => string.Join(',', target.Tokens)).Distinct().Count());
            Assert.True(found.Zip(found.Skip(1)).All(static pair => pair.First.Score >= pair.Second.Score), "The best one comes first.");
            foreach (ScoredTarget target in found)
            {
                CheckScore(problem, target);
                CheckLength(problem, target);
                CheckTokens(problem, target.Tokens);
                hypotheses++;
            }
        }

        Assert.True(hypotheses > Draws, $"{hypotheses} hypotheses");
    }

    private static void CheckScore(ReferenceProblem problem, ScoredTarget target)
    {
        GenerationOptions options = problem.Options;
        int prefix = HardPrefix(options);
        Assert.Equal(target.Tokens.Length, target.LogProbabilities.Length);
        Assert.All(target.LogProbabilities[..prefix], static value => Assert.Equal(0, value));
        Assert.All(target.LogProbabilities, static value => Assert.True(value <= 0 && float.IsFinite(value)));
        Assert.Equal(target.LogProbabilities.Sum(static value => (double)value), target.Sum, 1e-4);
        int length = target.Tokens.Length - (options.Convention == ScoreConvention.HuggingFace ? prefix : 0);
        double score = target.Sum / Math.Pow(length, options.LengthPenalty);
        score += options.CoveragePenalty == 0 ? 0 : problem.Coverage(target.Tokens);
        Assert.Equal(score, target.Score, 1e-4 * Math.Max(1, Math.Abs(score)));
    }

    private static void CheckLength(ReferenceProblem problem, ScoredTarget target)
    {
        GenerationOptions options = problem.Options;
        int[] tokens = target.Tokens;
        int most = ReferenceRules.MostIds(problem);
        Assert.InRange(tokens.Length, HardPrefix(options) + 1, most);
        Assert.Equal(tokens[^1] == problem.Shape.EndToken, target.IsEnded);
        Assert.DoesNotContain(problem.Shape.EndToken, tokens[..^1]);
        Assert.True(target.IsEnded || tokens.Length == most, "Only the greatest length ends a hypothesis without the end token.");
        bool isForced = tokens.Length == most && options.ForcedEnd is not null;
        int counted = tokens.Length - (options.Convention == ScoreConvention.HuggingFace ? options.Prefix.Count : 0);
        Assert.True(!target.IsEnded || isForced || counted - 1 >= options.MinLength, "The end token comes after MinLength ids.");
    }

    private static void CheckTokens(ReferenceProblem problem, int[] tokens)
    {
        GenerationOptions options = problem.Options;
        int prefix = HardPrefix(options);
        Assert.Equal(options.Prefix.Take(prefix), tokens.Take(prefix));
        Assert.DoesNotContain(problem.Shape.MaskedToken, tokens[prefix..]);
        for (int position = prefix; position < tokens.Length; position++)
        {
            // A prefix that is a wish is mixed in after the rules: what it wishes for may come.
            if (options.PrefixBias != 0 && position < options.Prefix.Count && tokens.Take(position + 1).SequenceEqual(options.Prefix.Take(position + 1)))
            {
                continue;
            }

            int? forced = position + 1 == ReferenceRules.MostIds(problem) ? options.ForcedEnd : null;
            forced ??= position == 0 ? options.ForcedStart : null;
            if (forced is { } only)
            {
                Assert.Equal(only, tokens[position]);
                continue;
            }

            CheckHistory(problem, tokens[..position], tokens[position]);
        }
    }

    private static void CheckHistory(ReferenceProblem problem, int[] before, int token)
    {
        GenerationOptions options = problem.Options;
        Assert.DoesNotContain(token, options.SuppressedTokens);
        int[] after = [.. before, token];
        string text = Text(after);
        Assert.All(options.SuppressedSequences, sequence => Assert.False(text.EndsWith(Text(sequence), StringComparison.Ordinal)));
        bool isStart = before.Length == options.Prefix.Count && (options.ForcedStart is null || options.Prefix.Count > 0);
        Assert.False(isStart && options.SuppressedAtStart.Contains(token));
        if (options.NoRepeatNgram > 0 && before.Length >= options.NoRepeatNgram)
        {
            Assert.DoesNotContain(text[^options.NoRepeatNgram..], Text(before), StringComparison.Ordinal);
        }

        if (options.AllowedTokens is { } function)
        {
            TokenSet allowed = new(problem.Model.Vocabulary);
            function(before, allowed);
            Assert.True(allowed.Contains(token));
        }
    }

    /// <summary>Ids as characters, so that sequences can be looked for as texts.</summary>
    private static string Text(int[] ids) => string.Concat(ids.Select(static id => (char)('a' + id)));

    private static int HardPrefix(GenerationOptions options) => options.PrefixBias == 0 ? options.Prefix.Count : 0;
}
