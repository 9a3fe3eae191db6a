using System.ComponentModel;
using Formwork.Kernels;

namespace Formwork.Weights;

/// <summary>
/// One tensor of a model and where its values go. Generated code lists them in a <see cref="WeightManifest"/>, which checks their numbers.
/// </summary>
/// <remarks>The names of a slot are those of one tensor that a checkpoint may store under any of several names (tied embeddings), the
/// canonical one first. Any one that the file has is used; if it has several, their bytes must be equal. Offsets count bytes in the
/// weight memory. Rows are the outer dimension: a Hugging Face <c>Linear.weight</c> is [outputs, inputs].</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct WeightSlot
{
    private WeightSlot(WeightSlotKind kind, string[] names, int rows, int columns, long offset)
    {
        Kind = kind;
        Names = names;
        FileRows = rows;
        RowCount = rows;
        Columns = columns;
        Offset = offset;
    }

    internal WeightSlotKind Kind { get; }

    internal string[] Names { get; }

    /// <summary>Rows of the file's tensor; for sinusoids, the fewest.</summary>
    internal int FileRows { get; private init; }

    internal int Columns { get; }

    /// <summary>Rows that the model takes.</summary>
    internal int RowCount { get; private init; }

    /// <summary>The first of the file's rows that the model takes; for sinusoids, the first position.</summary>
    internal int FirstFileRow { get; private init; }

    /// <summary>The row of the packed matrix that takes the first one.</summary>
    internal int FirstPackedRow { get; private init; }

    internal SinusoidKind Sinusoid { get; private init; }

    /// <summary>How a matrix is packed; null for everything else.</summary>
    internal MatrixPacker? Packer { get; private init; }

    /// <summary>Relative biases: the row of the file's table that each distance takes.</summary>
    internal byte[]? Buckets { get; private init; }

    /// <summary>Relative biases: floats from one head's to the next.</summary>
    internal int Stride { get; private init; }

    internal long Offset { get; }

    internal bool IsOptional { get; private init; }

    /// <summary>Whether the model can do without the file's tensor.</summary>
    internal bool MayBeAbsent => IsOptional || Kind == WeightSlotKind.SinusoidalPositions;

    /// <summary>What the slot's first byte is a multiple of.</summary>
    internal int Alignment => Packer is null ? sizeof(float) : 64;

    /// <summary>Bytes from the slot's offset to its last, a packed matrix's padding included.</summary>
    internal long Length => Kind == WeightSlotKind.RelativeBias
        ? (long)Columns * Stride * sizeof(float)
        : Packer is null
        ? (long)RowCount * Columns * sizeof(float)
        : PanelLayout.PaddedOutputs(FirstPackedRow + RowCount) / PanelLayout.Width * Packer.PanelBytes(Columns);

    /// <summary>A matrix for the kernels. Several tensors may fill one packed matrix, each its own rows: the fused projection of query, key and
    /// value.</summary>
    /// <typeparam name="TFormat">How it is packed.</typeparam>
    /// <param name="names">The tensor's names.</param>
    /// <param name="rows">Rows of the file's tensor: outputs.</param>
    /// <param name="columns">Columns of the file's tensor: inputs.</param>
    /// <param name="offset">Where the packed matrix begins: a multiple of 64.</param>
    /// <param name="firstRow">The row of the packed matrix that takes the tensor's first.</param>
    public static WeightSlot Matrix<TFormat>(string[] names, int rows, int columns, long offset, int firstRow = 0)
        where TFormat : unmanaged, IWeightFormat =>
        new(WeightSlotKind.Matrix, names, rows, columns, offset) { FirstPackedRow = firstRow, Packer = MatrixPacker<TFormat>.Instance };

    /// <summary>A vector: a bias or a norm's weight. A tensor [1, length] is taken too, as Hugging Face stores <c>final_logits_bias</c>.</summary>
    /// <param name="names">The tensor's names.</param>
    /// <param name="length">Elements.</param>
    /// <param name="offset">Where the copy begins.</param>
    public static WeightSlot Vector(string[] names, int length, long offset) =>
        new(WeightSlotKind.Vector, names, 1, length, offset);

    /// <summary>Some rows of a table of learned positions.</summary>
    /// <param name="names">The table's names.</param>
    /// <param name="tableRows">Rows of the table.</param>
    /// <param name="columns">Columns of the table.</param>
    /// <param name="firstRow">The first row to copy: BART's position 0 is row 2.</param>
    /// <param name="rows">Rows to copy.</param>
    /// <param name="offset">Where the copy begins.</param>
    public static WeightSlot LearnedPositions(string[] names, int tableRows, int columns, int firstRow, int rows, long offset) =>
        new(WeightSlotKind.LearnedPositions, names, tableRows, columns, offset) { FirstFileRow = firstRow, RowCount = rows };

    /// <summary>Sinusoidal positions: copied from the file where it has a table, computed where it has none.</summary>
    /// <param name="names">The table's names; may be empty for a family that never stores one.</param>
    /// <param name="kind">The formula.</param>
    /// <param name="start">The first position, and the first row of a stored table.</param>
    /// <param name="rows">Positions; a stored table must have at least <paramref name="start"/> + <paramref name="rows"/> rows.</param>
    /// <param name="columns">The model's width.</param>
    /// <param name="offset">Where the positions begin.</param>
    public static WeightSlot SinusoidalPositions(string[] names, SinusoidKind kind, int start, int rows, int columns, long offset) =>
        new(WeightSlotKind.SinusoidalPositions, names, start + rows, columns, offset)
        {
            Sinusoid = kind,
            FirstFileRow = start,
            RowCount = rows,
        };

    /// <summary>Relative position biases: the file's [buckets, heads] becomes [heads, stride], a number for every distance.</summary>
    /// <param name="names">The table's names.</param>
    /// <param name="buckets">Rows of the table.</param>
    /// <param name="heads">Columns of the table.</param>
    /// <param name="bucketOf">The bucket of each distance, each below <paramref name="buckets"/>.</param>
    /// <param name="stride">Floats from one head's biases to the next; at least the number of distances.</param>
    /// <param name="offset">Where the first head's biases begin.</param>
    public static WeightSlot RelativeBias(string[] names, int buckets, int heads, ReadOnlySpan<byte> bucketOf, int stride, long offset) =>
        new(WeightSlotKind.RelativeBias, names, buckets, heads, offset) { Buckets = bucketOf.ToArray(), Stride = stride };

    /// <summary>The same slot for a tensor that may be absent, leaving zeros: a bias that some checkpoints of a family lack. Sinusoids are
    /// computed instead and stay so.</summary>
    public WeightSlot OrZeros() => this with { IsOptional = true };
}
