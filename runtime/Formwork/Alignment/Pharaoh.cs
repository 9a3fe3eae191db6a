namespace Formwork.Alignment;

/// <summary>
/// Writes alignments in the format that word aligners share, named after the decoder Pharaoh (Koehn, 2004): a sentence's links on one line,
/// separated by spaces, each as source word, hyphen, target word, counted from 0: <c>0-0 1-2 2-1</c>.
/// </summary>
public static class Pharaoh
{
    /// <summary>The links of one sentence, in order of their source words and then their target words.</summary>
    /// <param name="links">The links in any order.</param>
    public static string Format(ReadOnlySpan<WordLink> links)
    {
        WordLink[] sorted = links.ToArray();
        Array.Sort(sorted, static (a, b) => a.Source != b.Source ? a.Source.CompareTo(b.Source) : a.Target.CompareTo(b.Target));
        return string.Join(' ', sorted);
    }
}
