using Formwork.Generation;

namespace Formwork.Tests.Generation;

/// <summary>Many sources at once, and one search after another in the same memory.</summary>
[Trait("Category", "Generation")]
public class SearchBatchTests
{
    [Theory]
    [InlineData(ScoreConvention.HuggingFace, 41)]
    [InlineData(ScoreConvention.CTranslate2, 42)]
    public void A_batch_finds_what_each_source_finds_alone(ScoreConvention convention, int seed)
    {
        RandomProblems problems = new(seed);
        int compared = 0;
        for (int draw = 0; draw < 200; draw++)
        {
            ReferenceProblem problem = problems.Next(convention);
            int[][] sources = [.. Enumerable.Range(0, 1 + problems.Number(9)).Select(_ => problems.Source(problem.Model))];
            ScoredTarget[][] alone = [.. sources.Select(source => Engine.Run(problem with { Source = source }))];
            if (alone.Any(static targets => targets.Length == 0))
            {
                continue;
            }

            ScoredTarget[]?[] together = new ScoredTarget[sources.Length][];
            Search[] searches = [.. Enumerable.Range(0, 1 + problems.Number(4)).Select(_ => Search.Create(problem.Options, problem.Shape))];
            ToyMemory memory = Engine.Memory(problem.Model, problem.Shape, searches.Length);
            ToyDecoder decoder = new(memory);
            int[] lengths = [.. sources.Select(static source => source.Length)];
            SearchBatch.Run(
                ref decoder,
                searches,
                [.. sources.SelectMany(static source => source)],
                lengths,
                (source, search) => together[source] = together[source] is null ? search.ToArray() : throw new InvalidOperationException("A source ended twice."),
                CancellationToken.None);
            for (int source = 0; source < sources.Length; source++)
            {
                AssertSame(alone[source], together[source]);
                compared++;
            }
        }

        Assert.True(compared > 500, $"{compared} compared");
    }

    [Theory]
    [InlineData(ScoreConvention.HuggingFace, 43)]
    [InlineData(ScoreConvention.CTranslate2, 44)]
    public void A_search_that_has_run_before_finds_what_a_new_one_finds(ScoreConvention convention, int seed)
    {
        RandomProblems problems = new(seed);
        for (int draw = 0; draw < 300; draw++)
        {
            ReferenceProblem problem = problems.Next(convention);
            Search search = Search.Create(problem.Options, problem.Shape);
            ToyDecoder decoder = new(Engine.Memory(problem.Model, problem.Shape));
            for (int run = 0; run < 3; run++)
            {
                int[] source = problems.Source(problem.Model);
                ScoredTarget[] expected = Engine.Run(problem with { Source = source });
                ScoredTarget[] found = [];
                try
                {
                    SearchLoop.Run(ref decoder, search, source, CancellationToken.None);
                    found = search.ToArray();
                }
                catch (GenerationException)
                {
                    // The rules left nothing: expected to be empty too, and no hindrance to the next run.
                }

                AssertSame(expected, found);
            }
        }
    }

    private static void AssertSame(ScoredTarget[] expected, ScoredTarget[]? found)
    {
        Assert.NotNull(found);
        Assert.Equal(expected.Length, found.Length);
        for (int place = 0; place < expected.Length; place++)
        {
            Assert.Equal(expected[place].Tokens, found[place].Tokens);
            Assert.Equal(expected[place].LogProbabilities, found[place].LogProbabilities);
            Assert.Equal(expected[place].Sum, found[place].Sum);
            Assert.Equal(expected[place].Score, found[place].Score);
            Assert.Equal(expected[place].IsEnded, found[place].IsEnded);
        }
    }
}
