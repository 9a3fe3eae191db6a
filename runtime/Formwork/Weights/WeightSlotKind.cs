namespace Formwork.Weights;

/// <summary>How a tensor gets from the file to the weight memory.</summary>
internal enum WeightSlotKind
{
    /// <summary>Rows of a matrix, packed for the matrix kernels.</summary>
    Matrix,

    /// <summary>A vector as it is.</summary>
    Vector,

    /// <summary>Some rows of a table of learned positions.</summary>
    LearnedPositions,

    /// <summary>Positions from the file's table, or computed if it has none.</summary>
    SinusoidalPositions,

    /// <summary>Relative position biases: a column of the file's table for each head, spread over all distances.</summary>
    RelativeBias,
}
