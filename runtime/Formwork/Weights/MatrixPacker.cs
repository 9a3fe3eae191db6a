using Formwork.Kernels;

namespace Formwork.Weights;

/// <summary>One <see cref="IWeightFormat"/> behind a virtual call, so that a list of weights can hold matrices of several.</summary>
internal abstract unsafe class MatrixPacker
{
    /// <summary>The format as it is declared.</summary>
    public abstract WeightType Type { get; }

    /// <summary>Bytes of one panel.</summary>
    public abstract long PanelBytes(int inputs);

    /// <summary>Whether the format can hold a weight.</summary>
    public abstract bool Fits(float weight);

    /// <summary>Packs rows into consecutive lanes of a panel.</summary>
    /// <param name="rows">Row-major values [count, columns]; finite, and what the format can hold.</param>
    /// <param name="columns">Columns of <paramref name="rows"/>.</param>
    /// <param name="panel">The panel.</param>
    /// <param name="lane">The first row's lane; lane + count is at most 32.</param>
    public abstract void Pack(ReadOnlySpan<float> rows, int columns, byte* panel, int lane);
}

/// <summary>The packer of a format.</summary>
internal sealed unsafe class MatrixPacker<TFormat> : MatrixPacker
    where TFormat : unmanaged, IWeightFormat
{
    public static readonly MatrixPacker<TFormat> Instance = new();

    private MatrixPacker()
    {
    }

    /// <inheritdoc/>
    public override WeightType Type => TFormat.Type;

    /// <inheritdoc/>
    public override long PanelBytes(int inputs) => TFormat.PanelBytes(inputs);

    /// <inheritdoc/>
    public override bool Fits(float weight) => TFormat.Fits(weight);

    /// <inheritdoc/>
    public override void Pack(ReadOnlySpan<float> rows, int columns, byte* panel, int lane)
    {
        if (typeof(TFormat) == typeof(Float32))
        {
            PanelPacker.Pack(rows, columns, new Span<float>(panel, checked(columns * PanelLayout.Width)), lane);
            return;
        }

        for (; !rows.IsEmpty; rows = rows[columns..], lane++)
        {
            TFormat.Pack(rows[..columns], panel, lane);
        }
    }
}
