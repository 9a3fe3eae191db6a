using Formwork.Tool.Terminal;

namespace Formwork.Tool.Inspection;

/// <summary>What a tensor's values are like. Everything but the counts is of the finite ones, and null where there is none.</summary>
/// <param name="Min">The least.</param>
/// <param name="Max">The greatest.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="MeanAbs">The mean of their magnitudes.</param>
/// <param name="Rms">The root of the mean of their squares.</param>
/// <param name="Zeros">How many are zero.</param>
/// <param name="ZeroRows">How many rows hold nothing but zeros; null for what has no rows.</param>
/// <param name="Nan">How many are not a number.</param>
/// <param name="Infinite">How many are infinite.</param>
/// <param name="FirstNotFinite">The index of the first that is not finite, in row-major order.</param>
internal sealed record TensorStatistics(
    double? Min, double? Max, double? Mean, double? MeanAbs, double? Rms, long Zeros, long? ZeroRows, long Nan, long Infinite, long? FirstNotFinite)
{
    /// <summary>Gathers statistics from stretches of values.</summary>
    public sealed class Accumulator
    {
        private readonly long _rowLength;
        private double _min = double.PositiveInfinity;
        private double _max = double.NegativeInfinity;
        private double _sum;
        private double _magnitudes;
        private double _squares;
        private long _count;
        private long _zeros;
        private long _nan;
        private long _infinite;
        private long _firstNotFinite = -1;
        private long _zeroRows;
        private long _leftInRow;
        private bool _rowIsZero = true;

        /// <summary>Begins with none.</summary>
        /// <param name="rowLength">Values of a row, or 0 for what has no rows.</param>
        public Accumulator(long rowLength)
        {
            _rowLength = rowLength;
            _leftInRow = rowLength;
        }

        /// <summary>Adds the next values.</summary>
        public void Add(ReadOnlySpan<double> values)
        {
            if (_rowLength == 0)
            {
                AddRun(values);
                return;
            }

            while (!values.IsEmpty)
            {
                int run = (int)Math.Min(values.Length, _leftInRow);
                _rowIsZero &= AddRun(values[..run]);
                values = values[run..];
                _leftInRow -= run;
                if (_leftInRow == 0)
                {
                    _zeroRows += _rowIsZero ? 1 : 0;
                    _rowIsZero = true;
                    _leftInRow = _rowLength;
                }
            }
        }

        /// <summary>What they amount to.</summary>
        public TensorStatistics Result()
        {
            long finite = _count - _nan - _infinite;
            return new(
                Numbers.Finite(_min),
                Numbers.Finite(_max),
                Numbers.Finite(_sum / finite),
                Numbers.Finite(_magnitudes / finite),
                Numbers.Finite(Math.Sqrt(_squares / finite)),
                _zeros,
                _rowLength == 0 ? null : _zeroRows,
                _nan,
                _infinite,
                _firstNotFinite < 0 ? null : _firstNotFinite);
        }

        /// <summary>Adds values of one row and says whether all are zero.</summary>
        private bool AddRun(ReadOnlySpan<double> values)
        {
            long zeros = 0;
            foreach (double value in values)
            {
                if (!double.IsFinite(value))
                {
                    AddNotFinite(value);
                }
                else
                {
                    _min = Math.Min(_min, value);
                    _max = Math.Max(_max, value);
                    _sum += value;
                    _magnitudes += Math.Abs(value);
                    _squares += value * value;
                    zeros += value == 0 ? 1 : 0;
                }

                _count++;
            }

            _zeros += zeros;
            return zeros == values.Length;
        }

        private void AddNotFinite(double value)
        {
            _firstNotFinite = _firstNotFinite < 0 ? _count : _firstNotFinite;
            if (double.IsNaN(value))
            {
                _nan++;
            }
            else
            {
                _infinite++;
            }
        }
    }
}
