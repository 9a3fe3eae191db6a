using Formwork.Generation;

namespace Formwork.Tests.Generation;

/// <summary>The engine against plain searches of both conventions, on thousands of random models and options.</summary>
[Trait("Category", "Generation")]
public class SearchReferenceTests
{
    private const int Draws = 1500;
    private const double Tolerance = 2e-4;
    private static readonly GenerationOptions Defaults = new();

    /// <summary>Below this, rounding to single precision may decide.</summary>
    private const double NearTie = 1e-5;

    [Theory]
    [InlineData(ScoreConvention.HuggingFace, 1)]
    [InlineData(ScoreConvention.HuggingFace, 2)]
    [InlineData(ScoreConvention.CTranslate2, 3)]
    [InlineData(ScoreConvention.CTranslate2, 4)]
    public void The_engine_finds_what_the_reference_finds(ScoreConvention convention, int seed)
    {
        RandomProblems problems = new(seed);
        List<string> failures = [];
        int nearTies = 0;
        int empty = 0;
        int several = 0;
        for (int draw = 0; draw < Draws; draw++)
        {
            ReferenceProblem problem = problems.Next(convention);
            Margin margin = new();
            ReferenceHypothesis[] expected = convention == ScoreConvention.HuggingFace
                ? new HuggingFaceReference(problem, margin).Run()
                : new CTranslate2Reference(problem, margin).Run();
            ScoredTarget[] found = Engine.Run(problem);
            string? difference = Difference(expected, found);
            if (difference is not null && margin.Value < NearTie)
            {
                nearTies++;
                continue;
            }

            if (difference is not null)
            {
                failures.Add($"Draw {draw}: {difference}\n{Describe(problem)}\nexpected {Describe(expected)}\nfound {Describe(found)}");
            }

            empty += expected.Length == 0 ? 1 : 0;
            several += expected.Length > 1 ? 1 : 0;
        }

        Assert.True(failures.Count == 0, $"{failures.Count} of {Draws} differ.\n{string.Join('\n', failures.Take(3))}");

        // The draws have to be worth something: few ties, few contradictions, many n-best lists.
        Assert.InRange(nearTies, 0, Draws / 200);
        Assert.InRange(empty, 0, Draws / 5);
        Assert.InRange(several, Draws / 4, Draws);
    }

    private static string? Difference(ReferenceHypothesis[] expected, ScoredTarget[] found)
    {
        if (expected.Length != found.Length)
        {
            return $"{expected.Length} hypotheses expected, {found.Length} found.";
        }

        for (int place = 0; place < expected.Length; place++)
        {
            ReferenceHypothesis reference = expected[place];
            ScoredTarget target = found[place];
            bool same = reference.Tokens.SequenceEqual(target.Tokens)
                && reference.IsEnded == target.IsEnded
                && IsNear(reference.Sum, target.Sum)
                && IsNear(reference.Score, target.Score)
                && reference.LogProbabilities.Length == target.LogProbabilities.Length
                && reference.LogProbabilities.Zip(target.LogProbabilities).All(static pair => IsNear(pair.First, pair.Second));
            if (!same)
            {
                return $"Hypothesis {place} differs.";
            }
        }

        return null;
    }

    private static bool IsNear(double expected, float found) => Math.Abs(expected - found) <= Tolerance * Math.Max(1, Math.Abs(expected));

    private static string Describe(ReferenceProblem problem)
    {
        GenerationOptions options = problem.Options;
        return $"{Differences(options)}\n{problem.Shape}\n{problem.Model} source [{Join(problem.Source)}] prefix [{Join(options.Prefix)}] " +
            $"suppressed [{Join(options.SuppressedTokens)}] at start [{Join(options.SuppressedAtStart)}] " +
            $"sequences [{string.Join(" | ", options.SuppressedSequences.Select(Join))}] allowed {options.AllowedTokens is not null}";
    }

    /// <summary>The options that are numbers and not left alone.</summary>
    private static string Differences(GenerationOptions options) => string.Join(", ", typeof(GenerationOptions).GetProperties()
        .Where(property => property.PropertyType.IsValueType && !Equals(property.GetValue(options), property.GetValue(Defaults)))
        .Select(property => $"{property.Name} = {property.GetValue(options)}"));

    private static string Describe(ReferenceHypothesis[] hypotheses) =>
        string.Join(" ", hypotheses.Select(static hypothesis => $"[{Join(hypothesis.Tokens)}]: {hypothesis.Sum:F5} {hypothesis.Score:F5} {hypothesis.IsEnded};"));

    private static string Describe(ScoredTarget[] targets) =>
        string.Join(" ", targets.Select(static target => $"[{Join(target.Tokens)}]: {target.Sum:F5} {target.Score:F5} {target.IsEnded};"));

    private static string Join(IEnumerable<int> ids) => string.Join(',', ids);
}
