namespace Formwork.Generator.Tests.Reference;

/// <summary>Draws weights that a weight type holds exactly, so that the reference need not know how types round.</summary>
internal static class Grid
{
    /// <summary>A matrix [rows, columns] of magnitudes up to about <paramref name="spread"/>.</summary>
    public static float[] Draw(Random random, WeightType type, int rows, int columns, double spread)
    {
        float[] values = new float[rows * columns];
        for (int row = 0; row < rows; row++)
        {
            Row(random, type, values.AsSpan(row * columns, columns), spread);
        }

        return values;
    }

    private static void Row(Random random, WeightType type, Span<float> row, double spread)
    {
        // A power of two about the spread: whole multiples of fractions of it have few significant bits.
        float unit = MathF.Pow(2, MathF.Round(MathF.Log2((float)spread)));
        for (int column = 0; column < row.Length; column++)
        {
            row[column] = type switch
            {
                WeightType.Float32 => (float)(spread * ((2 * random.NextDouble()) - 1)),
                WeightType.BFloat16 => random.Next(-128, 129) * unit / 128,
                WeightType.Float16 => random.Next(-1024, 1025) * unit / 1024,
                // The largest magnitude decides the scale, so one weight of each row, or of each 32, takes it.
                WeightType.Int8 => (column == 0 ? 127 : random.Next(-127, 128)) * unit / 128,
                _ => (column % 32 == 0 ? -8 : random.Next(-8, 8)) * unit / 8,
            };
        }
    }
}
