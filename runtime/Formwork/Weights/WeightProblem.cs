using System.Globalization;
using System.Text;

namespace Formwork.Weights;

/// <summary>One thing wrong with a weight file.</summary>
/// <param name="Code">Which failure it is.</param>
/// <param name="Summary">What was found and what was expected: a clause, without a full stop.</param>
/// <param name="Advice">What to do about it: whole sentences.</param>
internal sealed record WeightProblem(WeightLoadError Code, string Summary, string Advice)
{
    private const int LongestQuotedName = 120;

    /// <summary>The tensor concerned, if there is one.</summary>
    public string? Tensor { get; init; }

    /// <summary>Bytes from the start of the file, if the problem has a place.</summary>
    public long? Offset { get; init; }

    /// <summary>What should have been there, in a few words.</summary>
    public string? Expected { get; init; }

    /// <summary>What was there, in a few words.</summary>
    public string? Found { get; init; }

    /// <summary>The exception for this problem alone.</summary>
    public WeightLoadException In(string source) => new(source, this, []);

    /// <summary>A name taken from a file, in quotes, with nothing in it that could disturb a terminal or flood a log.</summary>
    public static string Quote(string name)
    {
        var text = new StringBuilder(Math.Min(name.Length, LongestQuotedName) + 2).Append('\'');
        foreach (char c in name.AsSpan(0, Math.Min(name.Length, LongestQuotedName)))
        {
            if (char.IsControl(c) || char.IsSurrogate(c))
            {
                text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
            }
            else
            {
                text.Append(c);
            }
        }
        return text.Append(name.Length > LongestQuotedName ? "…'" : "'").ToString();
    }

    /// <summary>A shape as the format writes it: <c>[8, 16]</c>.</summary>
    public static string Shape(ReadOnlySpan<long> dimensions)
    {
        var text = new StringBuilder("[");
        for (int i = 0; i < dimensions.Length; i++)
        {
            text.Append(i == 0 ? "" : ", ").Append(dimensions[i].ToString(CultureInfo.InvariantCulture));
        }
        return text.Append(']').ToString();
    }
}
