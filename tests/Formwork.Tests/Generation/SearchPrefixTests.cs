using Formwork.Generation;

namespace Formwork.Tests.Generation;

/// <summary>A prefix that changes from run to run.</summary>
[Trait("Category", "Generation")]
public class SearchPrefixTests
{
    [Theory]
    [InlineData(ScoreConvention.HuggingFace, 71)]
    [InlineData(ScoreConvention.CTranslate2, 72)]
    public void A_prefix_that_is_set_is_one_that_was_given(ScoreConvention convention, int seed)
    {
        RandomProblems problems = new(seed);
        int compared = 0;
        for (int draw = 0; draw < 1000; draw++)
        {
            ReferenceProblem problem = problems.Next(convention);
            if (problem.Options.Prefix.Count == 0 || problem.Options.PrefixBias != 0)
            {
                continue;
            }

            ScoredTarget[] expected = Engine.Run(problem);
            if (expected.Length == 0)
            {
                continue;
            }

            Search search = Search.Create(problem.Options with { Prefix = [] }, problem.Shape);
            ToyDecoder decoder = new(Engine.Memory(problem.Model, problem.Shape));
            search.Prefix = problem.Options.Prefix.ToArray();
            SearchLoop.Run(ref decoder, search, problem.Source, CancellationToken.None);
            Assert.Equal(expected.Select(static target => target.Tokens), search.ToArray().Select(static target => target.Tokens));
            Assert.Equal(expected.Select(static target => target.Score), search.ToArray().Select(static target => target.Score));
            compared++;
        }

        Assert.True(compared > 100, $"{compared} compared");
    }
}
