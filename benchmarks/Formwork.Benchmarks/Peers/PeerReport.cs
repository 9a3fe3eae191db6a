using Formwork.Benchmarks.Measuring;

namespace Formwork.Benchmarks.Peers;

/// <summary>What was measured of a shape: ours, where it is declared, and the peer's.</summary>
/// <param name="Shape">The shape.</param>
/// <param name="Weights">The weight type.</param>
/// <param name="Threads">Threads that a sentence is computed on.</param>
/// <param name="Formwork">Our times.</param>
/// <param name="OnnxRuntime">ONNX Runtime's times with the flavour that took the least time for a sentence.</param>
/// <param name="Ratio">ONNX Runtime's time for a sentence divided by ours: above 1 ours is faster.</param>
/// <param name="Flavour">That flavour.</param>
/// <param name="Version">ONNX Runtime's version.</param>
/// <param name="Flavours">Every flavour's times.</param>
internal sealed record PeerReport(
    string Shape,
    string Weights,
    int Threads,
    PeerTimes? Formwork,
    PeerTimes OnnxRuntime,
    Spread? Ratio,
    string Flavour,
    string Version,
    IReadOnlyDictionary<string, PeerTimes> Flavours)
{
    /// <summary>Compares those who were measured.</summary>
    public static PeerReport Of(PeerMatch match, int threads)
    {
        int tokens = match.Shape.TargetTokens;
        Dictionary<string, PeerTimes> flavours = match.Peers.ToDictionary(
            static peer => peer.Flavour.ToString().ToLowerInvariant(), peer => PeerTimes.Of(peer.Passes, tokens));
        (string best, PeerTimes peer) = flavours.MinBy(static flavour => flavour.Value.SentenceMs.Min);
        PeerTimes? ours = match.Ours is null ? null : PeerTimes.Of(match.Ours.Passes, tokens);
        Spread? ratio = ours is null ? null : Spread.Ratio(peer.SentenceMs, ours.SentenceMs);
        return new(match.Shape.Name, match.Weights, threads, ours, peer, ratio, best, OnnxRuntimePackage.Version, flavours);
    }
}
