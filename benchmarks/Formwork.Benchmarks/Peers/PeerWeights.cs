namespace Formwork.Benchmarks.Peers;

/// <summary>A weight type of ours and what the peer is measured with beside it: 8-bit weights beside our 8 and 4 bits, floats beside the others.</summary>
/// <param name="Name">Our name, on the command line too.</param>
/// <param name="Quantised">Whether the peer's graphs are quantised to 8 bits; they are floats otherwise.</param>
internal sealed record PeerWeights(string Name, bool Quantised)
{
    /// <summary>The weight types.</summary>
    public static IReadOnlyList<PeerWeights> All { get; } =
    [
        new("float32", Quantised: false),
        new("bfloat16", Quantised: false),
        new("float16", Quantised: false),
        new("int8", Quantised: true),
        new("int4", Quantised: true),
    ];

    /// <summary>Finds weight types by their names.</summary>
    /// <exception cref="UserErrorException">The peer has no such weight type.</exception>
    public static IReadOnlyList<PeerWeights> Find(IEnumerable<string> names) => [.. names.SelectMany(Find).Distinct()];

    private static IEnumerable<PeerWeights> Find(string name) =>
        name.Equals(Shapes.ShapeCatalogue.All, StringComparison.OrdinalIgnoreCase)
            ? All
            : [All.FirstOrDefault(weights => weights.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                ?? throw new UserErrorException($"--weights {name}: the peers have {string.Join(", ", All.Select(static weights => weights.Name))}")];
}
