namespace Formwork.Benchmarks.Checkpoints;

/// <summary>NLLB's smallest published size: 202 languages.</summary>
internal static partial class NllbDistilled600M
{
    private const int SourceLength = 128;
    private const int TargetLength = 64;

    /// <summary>The declared models.</summary>
    public static IReadOnlyList<CheckpointModel> Models { get; } =
    [
        CheckpointModel.Of("nllb-200-distilled-600M", "float32", Float32.WeightBytes, Float32.StateBytes, Float32.Load, new CheckpointMembers<Float32>(
            static (m, path) => m.Save(path), static (m, source, state) => m.Encode(source, state),
            static (m, source, target, state) => m.Generate(source, target, state), static (m, source, target) => m.Score(source, target))),
        CheckpointModel.Of("nllb-200-distilled-600M", "int8", Int8.WeightBytes, Int8.StateBytes, Int8.Load, new CheckpointMembers<Int8>(
            static (m, path) => m.Save(path), static (m, source, state) => m.Encode(source, state),
            static (m, source, target, state) => m.Generate(source, target, state), static (m, source, target) => m.Score(source, target))),
    ];

    /// <summary>With 32-bit floats.</summary>
    [Transformer("nllb-200-distilled-600M/config.json", SourceLength = SourceLength, TargetLength = TargetLength)]
    public sealed partial class Float32;

    /// <summary>With 8-bit weights.</summary>
    [Transformer("nllb-200-distilled-600M/config.json", SourceLength = SourceLength, TargetLength = TargetLength, Weights = WeightType.Int8)]
    public sealed partial class Int8;
}
