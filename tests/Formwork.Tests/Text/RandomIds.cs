using Formwork.Text;

namespace Formwork.Tests.Text;

/// <summary>Random sequences of tokens in which what is hard to join comes often.</summary>
internal static class RandomIds
{
    public static IEnumerable<int[]> Of(SentencePieceModel model, int count, int seed)
    {
        Random random = new(seed);
        int[][] kinds = [.. Enumerable.Range(0, model.PieceCount).GroupBy(model.KindOf).Select(static group => group.ToArray())];
        int[] spaced = [.. Enumerable.Range(0, model.PieceCount).Where(id => model.PieceOf(id).Contains('\u2581', StringComparison.Ordinal))];
        int[] bytes = [.. Enumerable.Range(0, model.PieceCount).Where(id => model.KindOf(id) == PieceKind.Byte)];
        for (int i = 0; i < count; i++)
        {
            List<int> ids = [];
            for (int length = random.Next(12); length > 0; length--)
            {
                int[] from = random.Next(6) switch
                {
                    0 => spaced,
                    1 => kinds[random.Next(kinds.Length)],
                    2 => [.. "\u00e9\u2581 .,e\u0301".Select(character => model.IdOf($"{character}"))],
                    3 when bytes.Length > 0 => Bytes(random, bytes),
                    _ => [random.Next(model.PieceCount)],
                };
                ids.AddRange(random.Next(6) == 3 ? from.Take(4) : from.Length == 0 ? [] : [from[random.Next(from.Length)]]);
            }
            yield return [.. ids];
        }
    }

    /// <summary>The bytes of a character, one of them sometimes missing.</summary>
    private static int[] Bytes(Random random, int[] bytes)
    {
        string[] characters = ["\u00e9", "\u2581", "\u6f22", "\U0001f642", " ", ".", "\0"];
        byte[] spelled = System.Text.Encoding.UTF8.GetBytes(characters[random.Next(characters.Length)]);
        int[] ids = [.. spelled.Select(value => bytes[value])];
        return random.Next(3) == 0 ? ids[random.Next(ids.Length)..] : ids;
    }
}
