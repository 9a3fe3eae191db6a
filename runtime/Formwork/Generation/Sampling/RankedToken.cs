namespace Formwork.Generation.Sampling;

/// <summary>
/// An id and its score as one number that sorts the way candidates are ranked: by descending score and, where scores are equal, by ascending id.
/// A plain sort of these is fast and, as no two are equal, leaves no choice of order.
/// </summary>
internal static class RankedToken
{
    private const uint Sign = 0x8000_0000;

    /// <summary>Joins an id and its score.</summary>
    /// <param name="token">The id.</param>
    /// <param name="score">Its score: not NaN.</param>
    public static ulong Of(int token, float score)
    {
        // The bits of floats sort as integers do, but for the sign. Adding 0 turns −0 into 0, which equals it.
        uint bits = BitConverter.SingleToUInt32Bits(score + 0f);
        uint descending = (bits & Sign) != 0 ? bits : bits ^ ~Sign;
        return ((ulong)descending << 32) | (uint)token;
    }

    /// <summary>The id.</summary>
    /// <param name="ranked">The joined number.</param>
    public static int Token(ulong ranked) => (int)(uint)ranked;

    /// <summary>Moves the best ones to the front, best first, in O(n log k) however they lie.</summary>
    /// <param name="ranked">The joined numbers; what lies behind the best ones is lost.</param>
    /// <param name="count">How many: at most all.</param>
    public static void SortBest(Span<ulong> ranked, int count)
    {
        // The front holds up to twice as many as are wanted. When it is full, its worse half goes, and so does all that is no better from then on.
        int kept = 0;
        ulong worst = ulong.MaxValue;
        foreach (ulong candidate in ranked)
        {
            if (candidate < worst)
            {
                ranked[kept++] = candidate;
                if (kept == 2L * count)
                {
                    ranked[..kept].Sort();
                    kept = count;
                    worst = ranked[count - 1];
                }
            }
        }

        ranked[..kept].Sort();
    }
}
