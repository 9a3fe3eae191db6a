using Formwork.Kernels;

namespace Formwork.Tool.Quantisation;

/// <summary>Packs rows and unpacks them again, with the runtime's own code.</summary>
internal interface IRoundTrip : IDisposable
{
    /// <summary>Packs a row and gives what the kernels will take its weights for.</summary>
    /// <param name="row">Finite weights; those that the type cannot hold become infinite.</param>
    /// <param name="unpacked">As long.</param>
    /// <returns>How many weights lie beyond what the type, with the scale that it chose for them, can reach.</returns>
    int Run(ReadOnlySpan<float> row, Span<float> unpacked);
}

/// <summary>Makes round trips.</summary>
internal static class RoundTrips
{
    /// <summary>A round trip for rows of a length.</summary>
    public static IRoundTrip Create(WeightType type, int columns) => type switch
    {
        WeightType.BFloat16 => new RoundTrip<BFloat16>(columns),
        WeightType.Float16 => new RoundTrip<Float16>(columns),
        WeightType.Int8 => new RoundTrip<Int8>(columns),
        WeightType.Int4 => new RoundTrip<Int4>(columns),
        _ => new RoundTrip<Float32>(columns),
    };

    /// <summary>Bytes of a packed matrix, padding included.</summary>
    public static long PackedBytes(WeightType type, int rows, int columns) => type switch
    {
        WeightType.BFloat16 => PanelLayout.Bytes<BFloat16>(rows, columns),
        WeightType.Float16 => PanelLayout.Bytes<Float16>(rows, columns),
        WeightType.Int8 => PanelLayout.Bytes<Int8>(rows, columns),
        WeightType.Int4 => PanelLayout.Bytes<Int4>(rows, columns),
        _ => PanelLayout.Bytes<Float32>(rows, columns),
    };
}
