namespace Formwork.Text;

/// <summary>
/// The merges of a byte-level vocabulary, and what they make of a word: the neighbours whose merge comes first in the list are merged first, of
/// equal ones the leftmost. A queue holds the possible merges, so time is n·log n.
/// </summary>
internal sealed class TokenMerges
{
    /// <summary>Most merges that a list can have: ranks up to here are exact as scores.</summary>
    public const int MostMerges = 1 << 24;

    private const int StackSymbols = 64;

    private readonly int[] _byteIds;
    private readonly Dictionary<long, (int Rank, int Id)> _merges = [];

    /// <param name="byteIds">The tokens of the 256 bytes.</param>
    public TokenMerges(int[] byteIds) => _byteIds = byteIds;

    /// <summary>Adds a merge; of two that are alike the later counts, as in the reference.</summary>
    public void Add(int left, int right, int rank, int merged) => _merges[Pair(left, right)] = (rank, merged);

    /// <summary>Appends the tokens of a text in UTF-8, cut into words first.</summary>
    public void Segment(scoped ReadOnlySpan<byte> text, ref PooledList<int> ids)
    {
        var symbols = new PooledList<Symbol>(stackalloc Symbol[StackSymbols]);
        var queue = new MergeQueue(stackalloc Merge[StackSymbols]);
        while (!text.IsEmpty)
        {
            int length = PreTokenizer.LengthOfWord(text);
            MergeWord(text[..length], ref symbols, ref queue);
            for (int index = 0; index != Symbol.None; index = symbols.Items[index].Next)
            {
                ids.Add(symbols.Items[index].Key);
            }
            text = text[length..];
        }
        queue.Dispose();
        symbols.Dispose();
    }

    private void MergeWord(scoped ReadOnlySpan<byte> word, ref PooledList<Symbol> symbols, ref MergeQueue queue)
    {
        symbols.Truncate(0);
        for (int at = 0; at < word.Length; at++)
        {
            symbols.Add(new Symbol { Start = at, Length = 1, Previous = at - 1, Next = at + 1, Key = _byteIds[word[at]] });
        }
        symbols.Items[^1].Next = Symbol.None;
        for (int right = 1; right < symbols.Length; right++)
        {
            Propose(symbols.Items, right - 1, right, ref queue);
        }
        while (queue.TryPop(out Merge merge))
        {
            Apply(symbols.Items, merge, ref queue);
        }
    }

    private void Apply(Span<Symbol> symbols, in Merge merge, ref MergeQueue queue)
    {
        ref Symbol left = ref symbols[merge.Left];
        long pair = Pair(left.Key, symbols[merge.Right].Key);
        if (!Symbol.TryMerge(symbols, merge))
        {
            return;
        }
        left.Key = _merges[pair].Id;
        Propose(symbols, left.Previous, merge.Left, ref queue);
        Propose(symbols, merge.Left, left.Next, ref queue);
    }

    private void Propose(Span<Symbol> symbols, int left, int right, ref MergeQueue queue)
    {
        if (left != Symbol.None && right != Symbol.None
            && _merges.TryGetValue(Pair(symbols[left].Key, symbols[right].Key), out (int Rank, int Id) merge))
        {
            queue.Push(new Merge(-merge.Rank, left, right, symbols[left].Length + symbols[right].Length));
        }
    }

    /// <summary>A number of its own for every pair. The product with an odd number keeps pairs apart, and spreads what a long's own hash would leave in heaps.</summary>
    private static long Pair(int left, int right) => unchecked((((long)left << 32) | (uint)right) * (long)0x9E37_79B9_7F4A_7C15);
}
