using Formwork.Generation;

namespace Formwork.Tests.Generation;

/// <summary>Alternatives after a prefix, against the rules and searches of the references.</summary>
[Trait("Category", "Generation")]
public class AlternativeSearchTests
{
    [Theory]
    [InlineData(ScoreConvention.HuggingFace, 61)]
    [InlineData(ScoreConvention.CTranslate2, 62)]
    public void Alternatives_are_the_most_probable_ids_and_their_completions_what_a_search_finds(ScoreConvention convention, int seed)
    {
        RandomProblems problems = new(seed);
        int compared = 0;
        for (int draw = 0; draw < 400; draw++)
        {
            // A completion begins one id later, where the least length has to fit as well.
            ReferenceProblem problem = problems.Next(convention);
            problem = problem with { Options = problem.Options with { MinLength = Math.Max(0, Math.Min(problem.Options.MinLength, problem.Shape.TargetLength - problem.Options.Prefix.Count - 1)) } };
            if (problem.Options.PrefixBias != 0)
            {
                continue;
            }

            int[] prefix = [.. problem.Options.Prefix];
            double[] scores = ReferenceRules.Apply(problem, problem.Logits(prefix), prefix);
            if (scores.All(double.IsNegativeInfinity))
            {
                continue;
            }

            scores = ReferenceProblem.LogSoftmax(scores);
            int[] expected = [.. Enumerable.Range(0, scores.Length).Where(token => !double.IsNegativeInfinity(scores[token])).OrderByDescending(token => scores[token])];
            int count = 1 + problems.Number(problem.Model.Vocabulary);
            Search search = Search.Create(problem.Options with { Prefix = [] }, problem.Shape);
            ToyDecoder decoder = new(Engine.Memory(problem.Model, problem.Shape));
            Alternative[] found;
            try
            {
                found = AlternativeSearch.Run(ref decoder, search, problem.Source, prefix, count, CancellationToken.None);
            }
            catch (GenerationException)
            {
                // The rules leave one of the alternatives nothing to go on with.
                continue;
            }

            Assert.Equal(expected.Take(count), found.Select(static alternative => alternative.Token));
            foreach (Alternative alternative in found)
            {
                Assert.Equal(scores[alternative.Token], alternative.LogProbability, 1e-4);
                Assert.Equal([.. prefix, alternative.Token], alternative.Target.Tokens.Take(prefix.Length + 1));
                compared += CheckCompletion(problem, alternative) ? 1 : 0;
            }

            Assert.True(search.Prefix.IsEmpty, "The search's prefix is put back.");
        }

        Assert.True(compared > 300, $"{compared} compared");
    }

    /// <summary>Compares a completion with the search that has the alternative as the end of its prefix; false where there is nothing to complete.</summary>
    private static bool CheckCompletion(ReferenceProblem problem, Alternative alternative)
    {
        // The completion is a search whose prefix ends with the alternative, which still counts towards the greatest length.
        int[] longer = [.. problem.Options.Prefix, alternative.Token];
        if (alternative.Token == problem.Shape.EndToken || longer.Length >= ReferenceRules.MostIds(problem))
        {
            Assert.Equal(longer, alternative.Target.Tokens);
            return false;
        }

        int? maxLength = problem.Options.Convention == ScoreConvention.HuggingFace ? problem.Options.MaxLength - 1 : problem.Options.MaxLength;
        if (problem.Options.MinLength > maxLength)
        {
            return false;
        }

        ReferenceProblem completion = problem with { Options = problem.Options with { Prefix = longer, MaxLength = maxLength } };
        if (longer.Length >= ReferenceRules.MostIds(completion))
        {
            Assert.Equal(longer, alternative.Target.Tokens);
            return false;
        }

        ScoredTarget expected = Engine.Run(completion)[0];
        Assert.Equal(expected.Tokens, alternative.Target.Tokens);
        Assert.Equal(expected.Score, alternative.Target.Score);
        return true;
    }
}
