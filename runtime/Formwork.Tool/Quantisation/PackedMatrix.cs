using Formwork.Weights;

namespace Formwork.Tool.Quantisation;

/// <summary>A tensor that is packed as a matrix.</summary>
/// <param name="Tensor">The tensor.</param>
/// <param name="Rows">Outputs.</param>
/// <param name="Columns">Inputs.</param>
/// <param name="Type">Its weight type.</param>
internal sealed record PackedMatrix(SafetensorsTensor Tensor, int Rows, int Columns, WeightType Type);
