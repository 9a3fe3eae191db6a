using Formwork.Benchmarks.Measuring;
using Formwork.Kernels;

namespace Formwork.Benchmarks.Shapes;

/// <summary>What was measured of one of our models.</summary>
/// <param name="Shape">The shape.</param>
/// <param name="Weights">The weight type.</param>
/// <param name="Threads">Threads that a sentence is computed on.</param>
/// <param name="EncoderMs">The encoder alone.</param>
/// <param name="TokenMs">The rest of a sentence, for each token.</param>
/// <param name="SentenceMs">A sentence.</param>
/// <param name="AllocatedBytes">Bytes that a sentence allocates on the managed heap.</param>
/// <param name="WeightBytes">Bytes of the packed weights.</param>
/// <param name="InstructionSet">What the kernels ran on.</param>
/// <param name="Repetitions">Sentences timed.</param>
internal sealed record ShapeReport(
    string Shape,
    string Weights,
    int Threads,
    Spread EncoderMs,
    Spread TokenMs,
    Spread SentenceMs,
    long AllocatedBytes,
    long WeightBytes,
    string InstructionSet,
    int Repetitions)
{
    /// <summary>The report of a model that has been measured.</summary>
    public static ShapeReport Of(ModelContender contender, int threads)
    {
        ShapeModel model = contender.Model;
        Spread encoder = Spread.Of(contender.Passes.Encoders);
        Spread sentence = Spread.Of(contender.Passes.Sentences);
        return new(
            model.Shape.Name,
            model.Weights,
            threads,
            encoder,
            Spread.OfTokens(sentence, encoder, model.Shape.TargetTokens),
            sentence,
            contender.AllocatedBytes(),
            model.WeightBytes,
            Simd.Path.ToString(),
            contender.Passes.Sentences.Count);
    }
}
