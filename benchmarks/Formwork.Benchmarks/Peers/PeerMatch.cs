using Formwork.Benchmarks.Measuring;
using Formwork.Benchmarks.Peers.Graphs;
using Formwork.Benchmarks.Shapes;

namespace Formwork.Benchmarks.Peers;

/// <summary>One shape in one weight type: our model, where it is declared, and the peer in every flavour, measured in turns.</summary>
internal sealed class PeerMatch : IDisposable
{
    private readonly List<OnnxRuntimeContender> _peers = [];

    /// <summary>Loads everybody.</summary>
    /// <exception cref="UserErrorException">Somebody cannot be loaded.</exception>
    public PeerMatch(string folder, Shape shape, PeerWeights weights, int threads)
    {
        Shape = shape;
        Weights = weights.Name;
        try
        {
            foreach (Flavour flavour in Enum.GetValues<Flavour>())
            {
                _peers.Add(new(folder, shape, flavour, weights.Quantised, threads));
            }

            Ours = ShapeCatalogue.TryFind(shape, weights.Name)?.Load(threads);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The shape.</summary>
    public Shape Shape { get; }

    /// <summary>The weight type.</summary>
    public string Weights { get; }

    /// <summary>Our model, or null where this weight type is not declared.</summary>
    public ModelContender? Ours { get; }

    /// <summary>The peer in every flavour.</summary>
    public IReadOnlyList<OnnxRuntimeContender> Peers => _peers;

    /// <summary>Measures everybody for some seconds each.</summary>
    public void Run(double seconds)
    {
        IContender[] contenders = Ours is null ? [.. _peers] : [Ours, .. _peers];
        Rounds.Run(contenders, seconds);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _peers.ForEach(static peer => peer.Dispose());
        Ours?.Dispose();
    }
}
