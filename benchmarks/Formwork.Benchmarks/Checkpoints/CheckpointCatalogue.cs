namespace Formwork.Benchmarks.Checkpoints;

/// <summary>Every declared checkpoint.</summary>
internal static class CheckpointCatalogue
{
    /// <summary>The declared models, small ones first.</summary>
    public static IReadOnlyList<CheckpointModel> Models { get; } = [.. T5Small.Models, .. OpusMt.Models, .. BartBase.Models, .. NllbDistilled600M.Models];

    /// <summary>The names.</summary>
    public static IEnumerable<string> Names => Models.Select(static model => model.Name).Distinct();

    /// <summary>The weight types.</summary>
    public static IEnumerable<string> Weights => Models.Select(static model => model.Weights).Distinct();

    /// <summary>The model of a name and a weight type.</summary>
    /// <exception cref="UserErrorException">There is no such model.</exception>
    public static CheckpointModel Find(string name, string weights) =>
        Models.FirstOrDefault(model => model.Name == name && model.Weights == weights)
        ?? throw new UserErrorException($"no model {name} of {weights} is declared; there are {string.Join(", ", Names)}, each with {string.Join(" and ", Weights)}");
}
