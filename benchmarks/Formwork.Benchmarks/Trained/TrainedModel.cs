namespace Formwork.Benchmarks.Trained;

/// <summary>A model with real weights, declared in several weight types.</summary>
/// <param name="Name">The name in results.</param>
/// <param name="SourceLength">The most tokens of a source.</param>
/// <param name="TargetLength">The most tokens of a target.</param>
/// <param name="VocabSize">Logits of a step.</param>
/// <param name="Producible">Ids that may be produced: all, or all but the last, which is padding and masked.</param>
/// <param name="StartToken">The token that the decoder is started with.</param>
/// <param name="EndToken">The token that ends a target.</param>
/// <param name="Uniform">One variant for each weight type, <see cref="Exact"/> first.</param>
/// <param name="Mixes">Variants whose parts have different weight types.</param>
internal sealed record TrainedModel(
    string Name,
    int SourceLength,
    int TargetLength,
    int VocabSize,
    int Producible,
    int StartToken,
    int EndToken,
    IReadOnlyList<ModelVariant> Uniform,
    IReadOnlyList<ModelVariant> Mixes)
{
    /// <summary>Stands for every weight type.</summary>
    public const string All = "all";

    /// <summary>The variant with 32-bit floats, which others are compared with.</summary>
    public ModelVariant Exact => Uniform[0];

    /// <summary>Everything that is declared.</summary>
    public IReadOnlyList<ModelVariant> Variants => [.. Uniform, .. Mixes];

    /// <summary>The variants of these names, in the order of the names; <see cref="All"/> is every weight type, but no mix.</summary>
    /// <exception cref="UserErrorException">There is no such variant.</exception>
    public IReadOnlyList<ModelVariant> Find(IEnumerable<string> names) => [.. names.SelectMany(name => Same(name, All) ? Uniform : [Find(name)]).Distinct()];

    private ModelVariant Find(string name) =>
        Variants.FirstOrDefault(variant => Same(variant.Weights, name))
        ?? throw new UserErrorException($"--weights {name}: there is no such choice; there are {string.Join(", ", Variants.Select(static variant => variant.Weights))} and {All}");

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
