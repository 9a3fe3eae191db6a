using System.ComponentModel;

namespace Formwork.Weights;

/// <summary>Computes sinusoidal position encodings.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Sinusoid
{
    /// <summary>Fills a table [rows, columns] with the encodings of consecutive positions, computed in double precision and rounded once.</summary>
    /// <param name="kind">The formula.</param>
    /// <param name="start">The position of the first row.</param>
    /// <param name="rows">Positions.</param>
    /// <param name="columns">The model's width d.</param>
    /// <param name="table">Takes rows × columns floats at its front.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count or the start is negative, or the formula is none of <see cref="SinusoidKind"/>.</exception>
    /// <exception cref="ArgumentException">The table is too short.</exception>
    public static void Fill(SinusoidKind kind, int start, int rows, int columns, Span<float> table)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)kind, (uint)SinusoidKind.Interleaved, nameof(kind));
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        if (table.Length < (long)rows * columns)
        {
            throw new ArgumentException($"The table has {table.Length} floats and {rows} rows of {columns} need {(long)rows * columns}.", nameof(table));
        }
        table[..(rows * columns)].Clear();
        // tensor2tensor has only whole pairs; in the other two a last sine stands alone.
        int sines = kind == SinusoidKind.TensorToTensor ? columns / 2 : (columns + 1) / 2;
        int cosines = columns / 2;
        bool interleaved = kind == SinusoidKind.Interleaved;
        for (int pair = 0; pair < sines; pair++)
        {
            (double factor, double divisor) = Frequency(kind, pair, columns);
            int sine = interleaved ? 2 * pair : pair;
            int cosine = interleaved ? 2 * pair + 1 : sines + pair;
            for (int row = 0; row < rows; row++)
            {
                double angle = ((double)start + row) * factor / divisor;
                table[row * columns + sine] = (float)Math.Sin(angle);
                if (pair < cosines)
                {
                    table[row * columns + cosine] = (float)Math.Cos(angle);
                }
            }
        }
    }

    // As a factor or as a divisor, whichever the reference has: the other way round costs half a bit of a large angle.
    private static (double Factor, double Divisor) Frequency(SinusoidKind kind, int pair, int columns) => kind == SinusoidKind.TensorToTensor
        ? (Math.Exp(pair * -(Math.Log(10000) / Math.Max(columns / 2 - 1, 1))), 1)
        : (1, Math.Pow(10000, 2.0 * pair / columns));
}
