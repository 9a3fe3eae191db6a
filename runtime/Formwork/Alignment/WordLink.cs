using System.Globalization;

namespace Formwork.Alignment;

/// <summary>A source word and a target word that translate each other.</summary>
/// <param name="Source">The source word, counted from 0.</param>
/// <param name="Target">The target word, counted from 0.</param>
/// <param name="Weight">The share of the target word's attention that the source word has: 0 to 1.</param>
public readonly record struct WordLink(int Source, int Target, float Weight)
{
    /// <summary>The link in Pharaoh's notation: <c>0-1</c> for source word 0 and target word 1.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Source}-{Target}");
}
