namespace Formwork.Generator.Manifests;

/// <summary>Finds the name that was probably meant, as the runtime's class of this name does when a file is loaded.</summary>
internal static class ClosestName
{
    // A manifest can hold many and long names; the hint must not cost more than all the rest.
    private const int MostCandidates = 4096;
    private const int LongestName = 256;
    private const int FewestEdits = 3;

    /// <summary>The candidate with the fewest single-character edits (Levenshtein), or null where the best one is not alike.</summary>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        if (name.Length > LongestName)
        {
            return null;
        }

        string? closest = null;
        int fewest = Math.Max(FewestEdits, name.Length * 2 / 5) + 1;
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

    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
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
