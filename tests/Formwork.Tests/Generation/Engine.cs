using Formwork.Generation;

namespace Formwork.Tests.Generation;

/// <summary>The engine under test, on toy models.</summary>
internal static class Engine
{
    /// <summary>What a search of its own finds, the best hypothesis first; none where the rules leave none.</summary>
    public static ScoredTarget[] Run(ReferenceProblem problem)
    {
        Search search = Search.Create(problem.Options, problem.Shape);
        ToyDecoder decoder = new(Memory(problem.Model, problem.Shape));
        try
        {
            SearchLoop.Run(ref decoder, search, problem.Source, CancellationToken.None);
        }
        catch (GenerationException)
        {
            return [];
        }

        return search.ToArray();
    }

    public static ToyMemory Memory(ToyModel model, DecodingShape shape, int slots = 1) =>
        new(model, slots, shape.MaxBeams, shape.SourceLength, shape.TargetLength);
}
