namespace Formwork.Text;

/// <summary>
/// Byte-pair encoding: starts from characters and keeps merging the two neighbours that make the best-scored piece. A queue holds the
/// possible merges, and those that a later merge made stale are passed over when they come up, so time is n·log n.
/// </summary>
internal sealed class BytePairSegmenter : Segmenter
{
    private const int StackSymbols = 64;

    private readonly bool _hasUnused;

    public BytePairSegmenter(Vocabulary vocabulary)
        : base(vocabulary)
    {
        _hasUnused = vocabulary.Pieces.IdsWhere(kind => kind == PieceKind.Unused).Length > 0;
    }

    public override void Segment(scoped ReadOnlySpan<byte> text, ref PooledList<Token> tokens)
    {
        if (text.IsEmpty)
        {
            return;
        }
        var symbols = new PooledList<Symbol>(stackalloc Symbol[StackSymbols]);
        var queue = new MergeQueue(stackalloc Merge[StackSymbols]);
        // Unused pieces take part in merging and are taken apart again at the end, the way they were last put together.
        Dictionary<int, int>? leftLengths = _hasUnused ? [] : null;

        Split(text, ref symbols);
        for (int right = 1; right < symbols.Length; right++)
        {
            Propose(text, symbols.Items, right - 1, right, ref queue, leftLengths);
        }
        while (queue.TryPop(out Merge merge))
        {
            Apply(text, symbols.Items, merge, ref queue, leftLengths);
        }
        for (int index = 0; index != Symbol.None; index = symbols.Items[index].Next)
        {
            Symbol symbol = symbols.Items[index];
            Emit(text, symbol.Start, symbol.Length, leftLengths, ref tokens);
        }
        queue.Dispose();
        symbols.Dispose();
    }

    private void Split(ReadOnlySpan<byte> text, ref PooledList<Symbol> symbols)
    {
        for (int start = 0; start < text.Length;)
        {
            int length = Vocabulary.NextAtom(text[start..], out bool frozen);
            symbols.Add(new Symbol
            {
                Start = start,
                Length = length,
                Previous = symbols.Length - 1,
                Next = symbols.Length + 1,
                // A user-defined symbol is frozen: from no node of the trie does any text lead further.
                Key = frozen ? PieceTrie.None : Vocabulary.Text.Descend(PieceTrie.Root, text.Slice(start, length)),
                Frozen = frozen,
            });
            start += length;
        }
        symbols.Items[^1].Next = Symbol.None;
    }

    private void Apply(
        ReadOnlySpan<byte> text, Span<Symbol> symbols, in Merge merge, ref MergeQueue queue, Dictionary<int, int>? leftLengths)
    {
        ref Symbol left = ref symbols[merge.Left];
        ReadOnlySpan<byte> added = text[symbols[merge.Right].Start..(left.Start + merge.Length)];
        if (!Symbol.TryMerge(symbols, merge))
        {
            return;
        }
        left.Key = Vocabulary.Text.Descend(left.Key, added);
        Propose(text, symbols, left.Previous, merge.Left, ref queue, leftLengths);
        Propose(text, symbols, merge.Left, left.Next, ref queue, leftLengths);
    }

    private void Propose(
        ReadOnlySpan<byte> text, Span<Symbol> symbols, int left, int right, ref MergeQueue queue, Dictionary<int, int>? leftLengths)
    {
        if (left == Symbol.None || right == Symbol.None || symbols[right].Frozen)
        {
            return;
        }
        ref readonly Symbol first = ref symbols[left];
        ref readonly Symbol second = ref symbols[right];
        int node = Vocabulary.Text.Descend(first.Key, text.Slice(second.Start, second.Length));
        int id = node == PieceTrie.None ? PieceTrie.None : Vocabulary.Text.IdAt(node);
        if (id == PieceTrie.None)
        {
            return;
        }
        queue.Push(new Merge(Vocabulary.Pieces.Scores[id], left, right, first.Length + second.Length));
        if (leftLengths is not null && Vocabulary.Pieces.Kinds[id] == PieceKind.Unused)
        {
            leftLengths[id] = first.Length;
        }
    }

    private void Emit(
        scoped ReadOnlySpan<byte> text, int start, int length, Dictionary<int, int>? leftLengths, ref PooledList<Token> tokens)
    {
        // Parts still to be written, the next one last. Not recursion: a contrived vocabulary could nest as deep as its longest piece.
        var parts = new PooledList<(int Start, int Length)>(stackalloc (int, int)[16]);
        parts.Add((start, length));
        while (parts.Length > 0)
        {
            (start, length) = parts.Items[^1];
            parts.Truncate(parts.Length - 1);
            int id = Vocabulary.FindInText(text.Slice(start, length));
            if (leftLengths is not null && Vocabulary.Pieces.Kinds[id] == PieceKind.Unused && leftLengths.TryGetValue(id, out int left))
            {
                parts.Add((start + left, length - left));
                parts.Add((start, left));
            }
            else
            {
                tokens.Add(new Token(id, start, start + length));
            }
        }
        parts.Dispose();
    }
}
