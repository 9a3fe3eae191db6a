namespace Formwork.Kernels;

/// <summary>Shares rows out evenly, so that no share is left with a poor remainder: nine rows for tiles of eight are five and four, never eight and one.</summary>
internal static class Rows
{
    /// <summary>Shares of at most <paramref name="most"/> rows.</summary>
    public static int Parts(int rows, int most) => (int)(((long)rows + most - 1) / most);

    /// <summary>Rows of the next share of <paramref name="parts"/>.</summary>
    public static int Next(int rows, int parts) => Parts(rows, parts);
}
