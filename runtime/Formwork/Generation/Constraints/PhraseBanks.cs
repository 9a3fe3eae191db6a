namespace Formwork.Generation.Constraints;

/// <summary>
/// Dynamic beam allocation: beams are shared out among hypotheses that are equally far with their phrases, so that those which have put off the
/// phrases, and score better for it, do not crowd the others out ("Fast Lexically Constrained Decoding with Dynamic Beam Allocation", Post and
/// Vilar, 2018; "Improved Lexically Constrained Decoding", Hu et al., 2019).
/// </summary>
internal static class PhraseBanks
{
    /// <summary>
    /// Chooses candidates as if the banks took turns, from the highest bank down and again from the highest, each taking the best of its
    /// candidates that is left, until all beams are given away. So no bank that has candidates left holds two fewer beams than another one,
    /// and a bank that runs out leaves its turns to the rest.
    /// </summary>
    /// <param name="banks">The bank of each candidate (<see cref="PhraseTrie.TokensMet"/>), the candidates sorted by score, best first.</param>
    /// <param name="beams">Beams to give away.</param>
    /// <param name="chosen">Receives the chosen candidates, best score first: room for <paramref name="beams"/>.</param>
    /// <returns>The number chosen: fewer than <paramref name="beams"/> only if there are fewer candidates.</returns>
    public static int Select(ReadOnlySpan<int> banks, int beams, Span<int> chosen)
    {
        // One candidate at a time. When there is one too many, the last one of the bank that holds the most goes, of the lowest such bank:
        // turns would have come to it last of all. Candidates come best first, so what a bank holds is always the best of it.
        int count = Math.Min(banks.Length, beams);
        for (int candidate = 0; candidate < count; candidate++)
        {
            chosen[candidate] = candidate;
        }

        for (int candidate = count; candidate < banks.Length && count > 0; candidate++)
        {
            int bank = FullestBank(banks, chosen[..count], candidate);
            if (bank != banks[candidate])
            {
                int place = count - 1;
                while (banks[chosen[place]] != bank)
                {
                    place--;
                }

                chosen[(place + 1)..count].CopyTo(chosen[place..]);
                chosen[count - 1] = candidate;
            }
        }

        return count;
    }

    /// <summary>The bank with the most members among the chosen and one more candidate; of several, the lowest.</summary>
    private static int FullestBank(ReadOnlySpan<int> banks, ReadOnlySpan<int> chosen, int candidate)
    {
        int fullest = banks[candidate];
        int most = 1 + Members(banks, chosen, fullest);
        foreach (int member in chosen)
        {
            int bank = banks[member];
            int members = Members(banks, chosen, bank) + (bank == banks[candidate] ? 1 : 0);
            if (members > most || (members == most && bank < fullest))
            {
                fullest = bank;
                most = members;
            }
        }

        return fullest;
    }

    private static int Members(ReadOnlySpan<int> banks, ReadOnlySpan<int> chosen, int bank)
    {
        int members = 0;
        foreach (int member in chosen)
        {
            members += banks[member] == bank ? 1 : 0;
        }

        return members;
    }
}
