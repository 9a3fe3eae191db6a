namespace Formwork.Generation.Constraints;

/// <summary>Bans the last id of a sequence where the ids before it have just come.</summary>
/// <remarks>
/// The ids before the last are looked up backwards from the end of the hypothesis in a trie of all sequences, so one walk finds all that match,
/// however many sequences there are. The start token takes no part, in either convention.
/// </remarks>
internal sealed class SuppressedSequencesRule : ITokenRule
{
    private readonly TokenTrie _reversed;

    /// <summary>For each node, the ids that end a sequence whose other ids, read backwards, lead to it.</summary>
    private readonly int[][] _banned;

    /// <summary>Builds the trie.</summary>
    /// <param name="sequences">The sequences, none empty.</param>
    public SuppressedSequencesRule(IReadOnlyList<int[]> sequences)
    {
        _reversed = new([.. sequences.Select(static sequence => sequence.SkipLast(1).Reverse().ToArray())], out int[] ends);
        ILookup<int, int> banned = ends.Zip(sequences).ToLookup(static pair => pair.First, static pair => pair.Second[^1]);
        _banned = [.. Enumerable.Range(0, _reversed.Count).Select(node => banned[node].Distinct().ToArray())];
    }

    public void Apply(Span<float> scores, in RowContext row)
    {
        ReadOnlySpan<int> target = row.Target;
        int position = target.Length;
        int node = 0;
        while (node != TokenTrie.None)
        {
            foreach (int token in _banned[node])
            {
                scores[token] = float.NegativeInfinity;
            }

            node = --position < 0 ? TokenTrie.None : _reversed.Child(node, target[position]);
        }
    }
}
