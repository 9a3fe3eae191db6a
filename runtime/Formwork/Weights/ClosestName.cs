namespace Formwork.Weights;

/// <summary>Finds the name that was probably meant, for messages: a typing error, another prefix, another layer.</summary>
internal static class ClosestName
{
    // A header can hold many and long names; the hint must not cost more than the load.
    private const int MostCandidates = 4096;
    private const int LongestName = 256;

    /// <summary>The candidate with the fewest single-character edits (Levenshtein), or null where the best one is not alike.</summary>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        if (name.Length > LongestName)
        {
            return null;
        }
        string? closest = null;
        int fewest = Math.Max(3, name.Length * 2 / 5) + 1;
        foreach (string candidate in candidates.Take(MostCandidates))
        {
            if (candidate.Length <= LongestName && Math.Abs(candidate.Length - name.Length) < fewest
                && Distance(name, candidate) is var distance && distance < fewest)
            {
                (closest, fewest) = (candidate, distance);
            }
        }
        return closest;
    }

    private static int Distance(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        int prefix = a.CommonPrefixLength(b);
        a = a[prefix..];
        b = b[prefix..];
        Span<int> row = stackalloc int[LongestName + 1];
        for (int j = 0; j <= b.Length; j++)
        {
            row[j] = j;
        }
        for (int i = 0; i < a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i + 1;
            for (int j = 0; j < b.Length; j++)
            {
                int replace = diagonal + (a[i] == b[j] ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(replace, Math.Min(row[j], diagonal) + 1);
            }
        }
        return row[b.Length];
    }
}
