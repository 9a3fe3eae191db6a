using System.Runtime.CompilerServices;

namespace Formwork.Text;

/// <summary>
/// Finds pieces by their bytes, one byte at a time. Nodes are numbered breadth first over the sorted pieces, so the children of a node
/// are neighbours, sorted, and their labels can be searched as one span; building is linear in the pieces' bytes whatever they are,
/// so that no vocabulary, however contrived, makes loading slow.
/// </summary>
internal sealed class PieceTrie
{
    /// <summary>What <see cref="Child"/> and <see cref="Find"/> answer where there is nothing.</summary>
    public const int None = -1;

    private readonly int[] _rootChildren = new int[256];
    private readonly byte[] _labels;
    private readonly int[] _firstChild;
    private readonly int[] _ids;

    /// <param name="pieces">All pieces.</param>
    /// <param name="ids">The ids of those to be found, sorted by spelling. No two may be spelled alike.</param>
    public PieceTrie(PieceStore pieces, int[] ids)
    {
        int count = CountNodes(pieces, ids);
        _labels = new byte[count];
        _firstChild = new int[count + 1];
        _ids = new int[count];

        // A node stands for the prefix that a range of the sorted pieces shares, and its children divide that range by their next byte. Until
        // its turn comes, its range is kept where its first child and its id will be.
        (_firstChild[Root], _ids[Root]) = (0, ids.Length);
        int made = 1;
        for (int node = 0, depth = 0, levelEnd = 1; node < made; node++)
        {
            if (node == levelEnd)
            {
                depth++;
                levelEnd = made;
            }
            (int from, int to) = (_firstChild[node], _ids[node]);
            bool ends = from < to && pieces[ids[from]].Length == depth;
            _firstChild[node] = made;
            _ids[node] = ends ? ids[from] : None;
            from += ends ? 1 : 0;
            while (from < to)
            {
                byte label = pieces[ids[from]][depth];
                int next = from + 1;
                while (next < to && pieces[ids[next]][depth] == label)
                {
                    next++;
                }
                (_labels[made], _firstChild[made], _ids[made]) = (label, from, next);
                made++;
                from = next;
            }
        }
        _firstChild[count] = made;
        Array.Fill(_rootChildren, None);
        for (int child = _firstChild[0]; child < _firstChild[1]; child++)
        {
            _rootChildren[_labels[child]] = child;
        }
    }

    /// <summary>The node of the empty prefix.</summary>
    public static int Root => 0;

    /// <summary>The node reached from <paramref name="node"/> by one more byte, or <see cref="None"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Child(int node, byte label)
    {
        if (node == Root)
        {
            return _rootChildren[label];
        }
        int first = _firstChild[node];
        int count = _firstChild[node + 1] - first;
        if (count == 0)
        {
            return None;
        }
        if (_labels[first] == label)
        {
            return first;
        }
        int index = _labels.AsSpan(first, count).IndexOf(label);
        return index < 0 ? None : first + index;
    }

    /// <summary>The node reached from <paramref name="node"/> by <paramref name="text"/>, or <see cref="None"/>.</summary>
    public int Descend(int node, ReadOnlySpan<byte> text)
    {
        for (int i = 0; i < text.Length && node != None; i++)
        {
            node = Child(node, text[i]);
        }
        return node;
    }

    /// <summary>The piece that ends at <paramref name="node"/>, or <see cref="None"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int IdAt(int node) => _ids[node];

    /// <summary>The piece spelled <paramref name="text"/>, or <see cref="None"/>.</summary>
    public int Find(ReadOnlySpan<byte> text)
    {
        int node = Descend(Root, text);
        return node == None ? None : IdAt(node);
    }

    /// <summary>The length of the longest piece that <paramref name="text"/> starts with, or 0.</summary>
    public int LongestPrefix(ReadOnlySpan<byte> text)
    {
        int longest = 0;
        int node = Root;
        for (int i = 0; i < text.Length; i++)
        {
            node = Child(node, text[i]);
            if (node == None)
            {
                break;
            }
            if (IdAt(node) != None)
            {
                longest = i + 1;
            }
        }
        return longest;
    }

    /// <summary>The root, and one node for each byte of a piece that the piece before it does not share.</summary>
    private static int CountNodes(PieceStore pieces, int[] ids)
    {
        int count = 1;
        ReadOnlySpan<byte> before = [];
        foreach (int id in ids)
        {
            ReadOnlySpan<byte> piece = pieces[id];
            count += piece.Length - piece.CommonPrefixLength(before);
            before = piece;
        }
        return count;
    }
}
