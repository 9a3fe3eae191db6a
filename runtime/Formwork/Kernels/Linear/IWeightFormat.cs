using System.ComponentModel;
using Formwork.Threading;

namespace Formwork.Kernels;

/// <summary>How a matrix [outputs, inputs] is packed: panels of 32 outputs, one after another, each holding all that its outputs need.</summary>
/// <remarks>Implemented by <see cref="Float32"/>, <see cref="BFloat16"/>, <see cref="Float16"/>, <see cref="Int8"/> and <see cref="Int4"/>, and by
/// nothing else. Kernels are compiled once for each.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public unsafe interface IWeightFormat
{
    /// <summary>The format as it is declared.</summary>
    internal static abstract WeightType Type { get; }

    /// <summary>Bytes of one panel: a multiple of 64.</summary>
    internal static abstract long PanelBytes(int inputs);

    /// <summary>Packs one output's weights.</summary>
    /// <param name="row">The weights [inputs]; finite.</param>
    /// <param name="panel">The panel.</param>
    /// <param name="lane">The output's place in the panel, 0 .. 31.</param>
    internal static abstract void Pack(ReadOnlySpan<float> row, byte* panel, int lane);

    /// <summary>The inverse of <see cref="Pack"/>, as far as the format is exact, each value multiplied by <paramref name="scale"/>.</summary>
    internal static abstract void Unpack(byte* panel, int lane, float scale, Span<float> row);

    /// <summary>Whether the format can hold a weight at all.</summary>
    internal static abstract bool Fits(float weight);

    /// <summary>Runs a projection whose operands are checked, its panels shared out among the workers. What it makes of the job is unspecified.</summary>
    internal static abstract void Run<TEpilogue>(LinearJob* job, Workers? workers)
        where TEpilogue : struct, IEpilogue;
}
