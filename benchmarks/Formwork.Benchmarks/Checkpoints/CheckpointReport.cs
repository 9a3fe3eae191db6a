using Formwork.Benchmarks.Measuring;

namespace Formwork.Benchmarks.Checkpoints;

/// <summary>What was measured of a checkpoint.</summary>
/// <param name="Name">The checkpoint.</param>
/// <param name="Weights">The weight type.</param>
/// <param name="From">The file that was loaded.</param>
/// <param name="Threads">Threads that one call worked with.</param>
/// <param name="WeightBytes">Bytes of the packed weights.</param>
/// <param name="StateBytes">Bytes of a state.</param>
/// <param name="LoadMs">From the file to a model that is ready. Whether the system had the file in its cache is as it happened.</param>
/// <param name="LoadPeakBytes">The most memory that the process had until the model was ready, beyond what it had before.</param>
/// <param name="PeakBytes">The same until the end.</param>
/// <param name="SourceTokens">Tokens of a source.</param>
/// <param name="TargetTokens">Tokens decoded for it.</param>
/// <param name="EncoderMs">The encoder alone.</param>
/// <param name="TokenMs">The rest, for each target token.</param>
/// <param name="TokensPerSecond">Target tokens a second behind the encoder, of the least times.</param>
/// <param name="LogProbDifference">The greatest difference to PyTorch's log-probabilities in double precision, where they are recorded.</param>
/// <param name="InstructionSet">What the kernels ran on.</param>
/// <param name="Repetitions">Sources timed.</param>
internal sealed record CheckpointReport(
    string Name,
    string Weights,
    string From,
    int Threads,
    long WeightBytes,
    int StateBytes,
    double LoadMs,
    long LoadPeakBytes,
    long PeakBytes,
    int SourceTokens,
    int TargetTokens,
    Spread EncoderMs,
    Spread TokenMs,
    double TokensPerSecond,
    double? LogProbDifference,
    string InstructionSet,
    int Repetitions);
