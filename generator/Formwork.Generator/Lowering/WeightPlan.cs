using Formwork.Generator.Model;

namespace Formwork.Generator.Lowering;

/// <summary>How a file's tensor becomes packed weights; the members name the runtime's <c>WeightSlot</c> factories.</summary>
internal enum WeightKind
{
    Matrix,
    Vector,
    LearnedPositions,
    SinusoidalPositions,
    RelativeBias,
}

/// <summary>One tensor of the weight file and where its values go.</summary>
/// <param name="Kind">How it is packed.</param>
/// <param name="Names">Its name, then the names under which a tied copy may be stored instead.</param>
/// <param name="Rows">Rows taken, or a vector's length.</param>
/// <param name="Columns">Columns; 1 for a vector.</param>
/// <param name="Offset">Destination in bytes.</param>
/// <param name="FirstRow">A matrix: the packed row that takes row 0. Positions: the row or position of the first token.</param>
/// <param name="TableRows">Learned positions: rows of the file's table.</param>
/// <param name="Encoding">Sinusoidal positions: the formula used where the file has no table.</param>
/// <param name="IsOptional">Whether an absent tensor means zeros.</param>
/// <param name="Type">A matrix: how it is packed.</param>
/// <param name="Relative">A relative bias: which of the file's rows each distance takes.</param>
internal sealed record WeightTensor(
    WeightKind Kind,
    EquatableArray<string> Names,
    Size Rows,
    Size Columns,
    long Offset,
    Size FirstRow,
    long TableRows,
    PositionEncoding Encoding,
    bool IsOptional,
    WeightType Type,
    RelativeTable? Relative = null);

/// <summary>A stretch of packed weights that generated code reads by name.</summary>
/// <param name="Name">The property's name.</param>
/// <param name="Offset">Start in bytes.</param>
/// <param name="Length">Length in bytes, padding included.</param>
/// <param name="Shape">What it is, for the comment: <c>[384, 128]</c>.</param>
/// <param name="Matrix">How it is packed, or null for a vector or a table of floats.</param>
internal sealed record WeightRegion(string Name, long Offset, long Length, string Shape, MatrixShape? Matrix);

/// <summary>A packed matrix.</summary>
internal sealed record MatrixShape(WeightType Type, Size Outputs, Size Inputs);

/// <summary>All weights: what is read from the file, and what generated code sees.</summary>
/// <param name="Regions">In memory order.</param>
/// <param name="Tensors">In memory order.</param>
/// <param name="Ignored">Tensors the file may hold that inference does not need.</param>
/// <param name="Length">Bytes of the packed block.</param>
/// <param name="Parameters">Trained values, padding and computed tables left out.</param>
/// <param name="Fingerprint">What tells this layout from every other: 32 hexadecimal digits.</param>
internal sealed record WeightPlan(
    EquatableArray<WeightRegion> Regions,
    EquatableArray<WeightTensor> Tensors,
    EquatableArray<string> Ignored,
    long Length,
    long Parameters,
    string Fingerprint);
