namespace Formwork.Weights;

/// <summary>How a tensor gets from the file to the weight memory.</summary>
internal enum WeightSlotKind
{
    /// <summary>Rows of a matrix, packed into panels for the matrix kernels.</summary>
    Panels,

    /// <summary>A matrix as it is.</summary>
    Rows,

    /// <summary>A vector as it is.</summary>
    Vector,

    /// <summary>Some rows of a table of learned positions.</summary>
    LearnedPositions,

    /// <summary>Positions from the file's table, or computed if it has none.</summary>
    SinusoidalPositions,
}
