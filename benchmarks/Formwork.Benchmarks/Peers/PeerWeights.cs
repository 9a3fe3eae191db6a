namespace Formwork.Benchmarks.Peers;

/// <summary>A weight type in which the peer can be measured.</summary>
/// <param name="Name">The name on the command line, the same as ours.</param>
/// <param name="Quantised">Whether the peer's graphs are quantised.</param>
internal sealed record PeerWeights(string Name, bool Quantised)
{
    /// <summary>The weight types.</summary>
    public static IReadOnlyList<PeerWeights> All { get; } = [new("float32", Quantised: false), new("int8", Quantised: true)];

    /// <summary>Finds weight types by their names.</summary>
    /// <exception cref="UserErrorException">The peer has no such weight type.</exception>
    public static IReadOnlyList<PeerWeights> Find(IEnumerable<string> names) => [.. names.SelectMany(Find).Distinct()];

    private static IEnumerable<PeerWeights> Find(string name) =>
        name.Equals(Shapes.ShapeCatalogue.All, StringComparison.OrdinalIgnoreCase)
            ? All
            : [All.FirstOrDefault(weights => weights.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                ?? throw new UserErrorException($"--weights {name}: the peers have {string.Join(", ", All.Select(static weights => weights.Name))}")];
}
