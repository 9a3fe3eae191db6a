using Formwork.Benchmarks.Measuring;

namespace Formwork.Benchmarks.Peers;

/// <summary>One contender's times.</summary>
/// <param name="EncoderMs">The encoder alone.</param>
/// <param name="TokenMs">The rest of a sentence, for each token.</param>
/// <param name="SentenceMs">A sentence.</param>
/// <param name="Repetitions">Sentences timed.</param>
internal sealed record PeerTimes(Spread EncoderMs, Spread TokenMs, Spread SentenceMs, int Repetitions)
{
    /// <summary>Sums passes up.</summary>
    public static PeerTimes Of(Passes passes, int tokens)
    {
        Spread encoder = Spread.Of(passes.Encoders);
        Spread sentence = Spread.Of(passes.Sentences);
        return new(encoder, Spread.OfTokens(sentence, encoder, tokens), sentence, passes.Sentences.Count);
    }
}
