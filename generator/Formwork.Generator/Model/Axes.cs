namespace Formwork.Generator.Model;

// These mirror the runtime's public enums value for value (a test compares them): the generator cannot reference the runtime.

/// <summary>Mirrors <c>Formwork.NormPlacement</c>.</summary>
internal enum NormPlacement
{
    After = 0,
    Before = 1,
}

/// <summary>Mirrors <c>Formwork.NormKind</c>.</summary>
internal enum NormKind
{
    LayerNorm = 0,
    RmsNorm = 1,
}

/// <summary>Mirrors <c>Formwork.PositionEncoding</c>.</summary>
internal enum PositionEncoding
{
    Learned = 0,
    SinusoidInterleaved = 1,
    SinusoidHuggingFace = 2,
    SinusoidTensorToTensor = 3,
    RelativeBuckets = 4,
}

/// <summary>Mirrors <c>Formwork.ActivationFunction</c>.</summary>
internal enum ActivationFunction
{
    Relu = 0,
    GeluErf = 1,
    GeluTanh = 2,
    Silu = 3,
}

/// <summary>Mirrors <c>Formwork.DecodingFeatures</c>.</summary>
[Flags]
internal enum DecodingFeatures
{
    None = 0,
    Scoring = 1,
    Search = 2,
    Sampling = 4,
    Streaming = 8,
    Alternatives = 16,
    All = 31,
}

/// <summary>Mirrors <c>Formwork.WeightType</c>.</summary>
internal enum WeightType
{
    Float32 = 0,
    BFloat16 = 1,
    Float16 = 2,
    Int8 = 3,
    Int4 = 4,
}
