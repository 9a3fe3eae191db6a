using System.Runtime.InteropServices;

namespace Formwork.Generation.Constraints;

/// <summary>
/// Sequences of ids as a tree: a node for everything that a sequence begins with. The root is node 0 and a parent comes before its children.
/// </summary>
/// <remarks>The children of a node lie side by side, by ascending token, so that one is found by binary search and nothing is allocated.</remarks>
internal sealed class TokenTrie
{
    /// <summary>The node of what no sequence begins with.</summary>
    public const int None = -1;

    private readonly int[] _firstChild;
    private readonly int[] _childTokens;
    private readonly int[] _children;
    private readonly int[] _depths;

    /// <summary>Builds the tree.</summary>
    /// <param name="sequences">The sequences.</param>
    /// <param name="ends">Receives the node at which each sequence ends.</param>
    public TokenTrie(IReadOnlyList<int[]> sequences, out int[] ends)
    {
        Dictionary<(int Parent, int Token), int> edges = [];
        List<int> depths = [0];
        ends = new int[sequences.Count];
        for (int index = 0; index < ends.Length; index++)
        {
            foreach (int token in sequences[index])
            {
                ref int child = ref CollectionsMarshal.GetValueRefOrAddDefault(edges, (ends[index], token), out bool exists);
                if (!exists)
                {
                    child = depths.Count;
                    depths.Add(depths[ends[index]] + 1);
                }

                ends[index] = child;
            }
        }

        _depths = [.. depths];
        (int Parent, int Token)[] keys = [.. edges.Keys.Order()];
        _childTokens = [.. keys.Select(static key => key.Token)];
        _children = [.. keys.Select(key => edges[key])];
        _firstChild = new int[_depths.Length + 1];
        foreach ((int parent, _) in keys)
        {
            _firstChild[parent + 1]++;
        }

        for (int node = 0; node < _depths.Length; node++)
        {
            _firstChild[node + 1] += _firstChild[node];
        }
    }

    /// <summary>Number of nodes.</summary>
    public int Count => _depths.Length;

    /// <summary>Number of ids on the way from the root to a node.</summary>
    /// <param name="node">The node.</param>
    public int Depth(int node) => _depths[node];

    /// <summary>The node that an id leads to, or <see cref="None"/>.</summary>
    /// <param name="node">The node to start from.</param>
    /// <param name="token">The id.</param>
    public int Child(int node, int token)
    {
        int place = Tokens(node).BinarySearch(token);
        return place < 0 ? None : _children[_firstChild[node] + place];
    }

    /// <summary>The ids that lead on from a node, ascending.</summary>
    /// <param name="node">The node.</param>
    public ReadOnlySpan<int> Tokens(int node) => _childTokens.AsSpan(_firstChild[node].._firstChild[node + 1]);

    /// <summary>Where the ids of <see cref="Tokens"/> lead.</summary>
    /// <param name="node">The node.</param>
    public ReadOnlySpan<int> Children(int node) => _children.AsSpan(_firstChild[node].._firstChild[node + 1]);
}
