namespace Formwork.Text;

/// <summary>A part of the text that byte-pair encoding is cutting, in a linked list; one that was merged into its left neighbour has length 0.</summary>
internal struct Symbol
{
    /// <summary>In place of a neighbour: there is none.</summary>
    public const int None = -1;

    /// <summary>Where it begins, in bytes.</summary>
    public int Start;

    /// <summary>How long it is, in bytes.</summary>
    public int Length;

    /// <summary>The left neighbour, or <see cref="None"/>.</summary>
    public int Previous;

    /// <summary>The right neighbour, or <see cref="None"/>.</summary>
    public int Next;

    /// <summary>What the segmenter knows it by, so that a pair is found without its text: a node of a trie, or a token's id.</summary>
    public int Key;

    /// <summary>Whether it is never the right one of a merge.</summary>
    public bool Frozen;

    /// <summary>Merges two neighbours into the left one, whose key is left for the caller to set; the merge is stale if either has changed since.</summary>
    /// <returns>Whether they were merged.</returns>
    public static bool TryMerge(Span<Symbol> symbols, in Merge merge)
    {
        ref Symbol left = ref symbols[merge.Left];
        ref Symbol right = ref symbols[merge.Right];
        if (left.Length == 0 || right.Length == 0 || left.Length + right.Length != merge.Length)
        {
            return false;
        }
        left.Length = merge.Length;
        left.Next = right.Next;
        if (right.Next != None)
        {
            symbols[right.Next].Previous = merge.Left;
        }
        right.Length = 0;
        return true;
    }
}
