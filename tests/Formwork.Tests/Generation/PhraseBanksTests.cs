using Formwork.Generation.Constraints;

namespace Formwork.Tests.Generation;

[Trait("Category", "Generation")]
public class PhraseBanksTests
{
    [Fact]
    public void A_hand_worked_case()
    {
        // Turns: bank 2 takes 5, bank 1 takes 3, bank 0 takes 0, bank 2 has none left, bank 1 takes 4.
        Assert.Equal([0, 3, 4, 5], Select([0, 0, 0, 1, 1, 2], 4));
    }

    [Fact]
    public void One_bank_gives_the_best_candidates() => Assert.Equal([0, 1, 2], Select([3, 3, 3, 3, 3], 3));

    [Fact]
    public void A_single_beam_goes_to_the_highest_bank() => Assert.Equal([3], Select([0, 1, 0, 2, 2], 1));

    [Fact]
    public void Too_few_candidates_are_all_chosen()
    {
        Assert.Equal([0, 1], Select([0, 5], 4));
        Assert.Empty(Select([], 4));
        Assert.Empty(Select([1, 2], 0));
    }

    [Fact]
    public void Random_banks_agree_with_banks_that_take_turns()
    {
        Random random = new(3);
        for (int trial = 0; trial < 3000; trial++)
        {
            int[] banks = Decoding.Ids(random, random.Next(40), random.Next(1, 9));
            int beams = random.Next(12);
            Assert.Equal(TakeTurns(banks, beams), Select(banks, beams));
        }
    }

    private static int[] TakeTurns(int[] banks, int beams)
    {
        Queue<int>[] queues =
            [.. banks.Distinct().OrderDescending().Select(bank => new Queue<int>(Enumerable.Range(0, banks.Length).Where(candidate => banks[candidate] == bank)))];
        List<int> chosen = [];
        while (chosen.Count < Math.Min(beams, banks.Length))
        {
            foreach (Queue<int> queue in queues)
            {
                if (chosen.Count < beams && queue.TryDequeue(out int candidate))
                {
                    chosen.Add(candidate);
                }
            }
        }

        return [.. chosen.Order()];
    }

    private static int[] Select(int[] banks, int beams)
    {
        int[] chosen = new int[beams];
        return chosen[..PhraseBanks.Select(banks, beams, chosen)];
    }
}
