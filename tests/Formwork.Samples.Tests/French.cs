namespace Formwork.Samples.Tests;

/// <summary>What can be said of a translation without knowing the weights, which may be trained anew.</summary>
internal static class French
{
    // Captions are about someone somewhere, and none gets by without one of these.
    private static readonly HashSet<string> CommonWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "un", "une", "des", "de", "du", "le", "la", "les", "l", "d", "et", "est", "sont", "à", "au", "aux", "dans", "sur", "avec", "en", "qui", "se", "s",
    };

    /// <summary>Asserts that a line reads like a French sentence: several words, most of the letters Latin, some common words among them.</summary>
    public static void AssertLooksFrench(string line)
    {
        string[] words = line.Split([' ', '\'', '’', '.', ','], StringSplitOptions.RemoveEmptyEntries);
        Assert.True(words.Length >= 2, $"Too few words: '{line}'");
        Assert.True(words.Any(CommonWords.Contains), $"No common French word: '{line}'");
        Assert.DoesNotContain('▁', line);
        Assert.DoesNotContain("<", line, StringComparison.Ordinal);
    }
}
