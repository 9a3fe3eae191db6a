using Formwork.Generation;

namespace Formwork.Tests.Generation;

/// <summary>A search allocates when it is made, and never again.</summary>
[Trait("Category", "Generation")]
public class SearchAllocationTests
{
    [Theory]
    [InlineData(ScoreConvention.HuggingFace, 51)]
    [InlineData(ScoreConvention.CTranslate2, 52)]
    public void A_run_allocates_nothing(ScoreConvention convention, int seed)
    {
        RandomProblems problems = new(seed);
        int measured = 0;
        for (int draw = 0; draw < 300; draw++)
        {
            ReferenceProblem problem = problems.Next(convention);
            problem = draw % 3 == 0 ? SearchPhraseTests.WithPhrases(problems, problem) : problem;
            if (Engine.Run(problem).Length == 0)
            {
                continue;
            }

            Search search = Search.Create(problem.Options, problem.Shape);
            ToyDecoder decoder = new(Engine.Memory(problem.Model, problem.Shape));
            SearchLoop.Run(ref decoder, search, problem.Source, CancellationToken.None);
            long before = GC.GetAllocatedBytesForCurrentThread();
            SearchLoop.Run(ref decoder, search, problem.Source, CancellationToken.None);
            float score = search[search.Count - 1].Score;
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated == 0, $"{allocated} bytes, score {score}, {problem.Options}");
            measured++;
        }

        Assert.True(measured > 100);
    }
}
