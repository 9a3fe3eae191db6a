using Formwork.Generation;

namespace Formwork.Tests.Generation;

/// <summary>
/// With a beam for every prefix that there is, nothing is ever dropped: beam search has to return the best targets of all, found here by trying
/// every one.
/// </summary>
[Trait("Category", "Generation")]
public class ExhaustiveSearchTests
{
    private const int Draws = 400;

    [Theory]
    [InlineData(ScoreConvention.HuggingFace, 11)]
    [InlineData(ScoreConvention.CTranslate2, 12)]
    public void Enough_beams_find_the_best_targets_of_all(ScoreConvention convention, int seed)
    {
        Random random = new(seed);
        RandomProblems problems = new(seed);
        for (int draw = 0; draw < Draws; draw++)
        {
            ReferenceProblem problem = Small(problems.Next(convention), random);
            ReferenceHypothesis[] expected = Enumeration.Run(problem);
            ScoredTarget[] found = Engine.Run(problem);
            Assert.Equal(Math.Min(problem.Options.NBest, expected.Length), found.Length);
            for (int place = 0; place < found.Length; place++)
            {
                // Equal scores may come in any order, so that scores are compared and not ids.
                Assert.Equal(expected[place].Score, found[place].Score, 1e-4);
                Assert.Contains(expected, target => target.Tokens.SequenceEqual(found[place].Tokens) && Math.Abs(target.Score - found[place].Score) < 1e-4);
            }

            Assert.Equal(found.Length, found.Select(static target => string.Join(',', target.Tokens)).Distinct().Count());
        }
    }

    /// <summary>The same with a vocabulary of three or four, at most three ids after the prefix, and 64 beams.</summary>
    private static ReferenceProblem Small(ReferenceProblem problem, Random random)
    {
        int vocabulary = random.Next(3, 5);
        int end = random.Next(vocabulary);
        int most = random.Next(1, 4);
        bool huggingFace = problem.Options.Convention == ScoreConvention.HuggingFace;

        // Right after a prefix, CTranslate2 drops end tokens however many beams there are.
        int[] prefix = huggingFace ? [.. problem.Options.Prefix.Take(2).Select(id => id % vocabulary).Where(id => id != end)] : [];
        DecodingShape shape = problem.Shape with { Vocabulary = vocabulary, StartToken = (end + 1) % vocabulary, EndToken = end, MaskedToken = -1, MaxBeams = 64, TargetLength = 5 };
        GenerationOptions options = problem.Options with
        {
            Beams = 64,
            EarlyStopping = huggingFace ? EarlyStopping.Never : default,

            // More than can end: nothing but the greatest length ends the search. Without penalties CTranslate2 has another way out, for one hypothesis alone.
            Patience = huggingFace ? 1 : 2,
            NBest = !huggingFace && problem.Options is { LengthPenalty: 0, CoveragePenalty: 0 } ? 1 : random.Next(1, 6),
            MaxLength = most,
            MinLength = Math.Min(problem.Options.MinLength, most),
            Prefix = prefix,
            PrefixBias = 0,
            ForcedStart = null,
            ForcedEnd = null,
            AllowedTokens = null,
            SuppressedTokens = [],
            SuppressedAtStart = [.. problem.Options.SuppressedAtStart.Select(id => id % vocabulary)],
            SuppressedSequences = [.. problem.Options.SuppressedSequences.Where(static sequence => sequence.Length > 1).Select(sequence => sequence.Select(id => id % vocabulary).ToArray())],
        };
        return new(new(vocabulary, -1, random.Next()), shape, options, problem.Source);
    }
}
