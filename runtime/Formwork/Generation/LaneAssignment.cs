namespace Formwork.Generation;

/// <summary>
/// Gives the next beams their lanes. The first beam that goes on from a lane keeps it, so its caches stay where they are; only where several go
/// on from the same one are caches copied, into lanes that no beam goes on from.
/// </summary>
internal static class LaneAssignment
{
    /// <summary>Assigns lanes.</summary>
    /// <param name="parents">For each next beam, the lane that it goes on from.</param>
    /// <param name="lanes">Receives each next beam's lane.</param>
    /// <param name="copies">Receives the copies to make.</param>
    /// <returns>The number of copies.</returns>
    public static int Assign(ReadOnlySpan<int> parents, Span<int> lanes, Span<LaneCopy> copies)
    {
        // Lanes are numbered below the number of beams, which is at most 64.
        ulong kept = 0;
        foreach (int parent in parents)
        {
            kept |= 1UL << parent;
        }

        ulong taken = 0;
        int free = 0;
        int count = 0;
        for (int beam = 0; beam < parents.Length; beam++)
        {
            ulong lane = 1UL << parents[beam];
            if ((taken & lane) == 0)
            {
                taken |= lane;
                lanes[beam] = parents[beam];
                continue;
            }

            while ((kept & (1UL << free)) != 0)
            {
                free++;
            }

            lanes[beam] = free;
            copies[count++] = new(parents[beam], free);
            free++;
        }

        return count;
    }
}
