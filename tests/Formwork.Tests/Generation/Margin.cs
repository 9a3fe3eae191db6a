namespace Formwork.Tests.Generation;

/// <summary>
/// The smallest distance, as a difference of sums, between what a search kept and what it dropped: where it is below rounding error, either is right.
/// </summary>
internal sealed class Margin
{
    public double Value { get; private set; } = double.PositiveInfinity;

    public void Gap(double kept, double dropped, double scale = 1) => Value = Math.Min(Value, Math.Abs(kept - dropped) * scale);
}
