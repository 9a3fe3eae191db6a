using System.Numerics;
using System.Runtime.InteropServices;

namespace Formwork.Benchmarks.Accuracy;

/// <summary>How far logits are from what they should be, step after step.</summary>
internal sealed class LogitErrors
{
    private double _largest;
    private double _sum;
    private long _count;
    private double _largestOfRange;
    private double _sumOfRange;
    private long _steps;

    /// <summary>Compares the logits of one step.</summary>
    public void Add(ReadOnlySpan<float> expected, ReadOnlySpan<float> found)
    {
        // A hundred million logits are compared: eight or so at a time, and what is left over one by one.
        ReadOnlySpan<Vector<float>> wanted = MemoryMarshal.Cast<float, Vector<float>>(expected);
        ReadOnlySpan<Vector<float>> got = MemoryMarshal.Cast<float, Vector<float>>(found);
        Vector<float> lows = new(float.PositiveInfinity);
        Vector<float> highs = new(float.NegativeInfinity);
        Vector<float> errors = Vector<float>.Zero;
        Vector<float> sums = Vector<float>.Zero;
        for (int i = 0; i < wanted.Length; i++)
        {
            Vector<float> error = Vector.Abs(wanted[i] - got[i]);
            lows = Vector.Min(lows, wanted[i]);
            highs = Vector.Max(highs, wanted[i]);
            errors = Vector.Max(errors, error);
            sums += error;
        }

        float least = float.PositiveInfinity;
        float most = float.NegativeInfinity;
        float largest = 0;
        double sum = 0;
        for (int lane = 0; lane < Vector<float>.Count; lane++)
        {
            Include(lows[lane], errors[lane], sums[lane]);
            most = MathF.Max(most, highs[lane]);
        }

        for (int id = wanted.Length * Vector<float>.Count; id < expected.Length; id++)
        {
            float error = MathF.Abs(expected[id] - found[id]);
            Include(expected[id], error, error);
            most = MathF.Max(most, expected[id]);
        }

        double range = most - least;
        _largest = Math.Max(_largest, largest);
        _sum += sum;
        _count += expected.Length;
        _largestOfRange = Math.Max(_largestOfRange, largest / range);
        _sumOfRange += sum / expected.Length / range;
        _steps++;

        void Include(float low, float error, float errorSum)
        {
            least = MathF.Min(least, low);
            largest = MathF.Max(largest, error);
            sum += errorSum;
        }
    }

    /// <summary>What was found so far.</summary>
    public LogitErrorReport ToReport() => new(
        Round(_largest), Round(_sum / _count), Round(100 * _largestOfRange), Round(100 * _sumOfRange / _steps));

    private static double Round(double value) => Math.Round(value, 5);
}
