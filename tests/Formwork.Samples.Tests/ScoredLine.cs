using System.Globalization;

namespace Formwork.Samples.Tests;

/// <summary>A line of a list in Moses' format, or a translation with its scores.</summary>
/// <param name="Index">The number of the text.</param>
/// <param name="Text">The translation.</param>
/// <param name="Score">Its score, or its probability.</param>
/// <param name="Sum">The sum of its log-probabilities, where the line has it.</param>
internal sealed record ScoredLine(int Index, string Text, double Score, double? Sum)
{
    private const string FeatureName = "LogProbability= ";

    /// <summary>Reads a line as scripts do, which fails where it is another format.</summary>
    public static ScoredLine OfList(string line)
    {
        string[] fields = line.Split(" ||| ");
        Assert.InRange(fields.Length, 3, 4);
        double? sum = null;
        if (fields.Length == 4)
        {
            Assert.StartsWith(FeatureName, fields[2], StringComparison.Ordinal);
            sum = Number(fields[2][FeatureName.Length..]);
        }

        return new ScoredLine(int.Parse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture), fields[1], Number(fields[^1]), sum);
    }

    /// <summary>Reads a translation, a tab, its score, a tab and the sum.</summary>
    public static ScoredLine OfTabs(string line)
    {
        string[] fields = line.Split('\t');
        Assert.Equal(3, fields.Length);
        return new ScoredLine(0, fields[0], Number(fields[1]), Number(fields[2]));
    }

    private static double Number(string text)
    {
        Assert.Matches(@"^-?\d+\.\d{4}$", text);
        return double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
    }
}
