using System.Numerics;

namespace Formwork.Generation.Constraints;

/// <summary>
/// The phrases that have to appear, as an automaton that notices each of them wherever it stands ("Efficient String Matching", Aho and
/// Corasick, 1975): a node stands for the longest end of a hypothesis that a phrase begins with, and its failure link leads to the next
/// shorter one, so that a phrase is not missed where a partial match of another one broke off.
/// </summary>
/// <remarks>
/// A phrase that another one contains, or that is given twice, is left out: it appears whenever the other one does. So a phrase ends at a leaf,
/// no other one ends within it, and no token is counted twice.
/// </remarks>
internal sealed class PhraseTrie
{
    /// <summary>The most phrases: one bit of <see cref="PhraseProgress.Met"/> each.</summary>
    public const int MaxPhrases = 64;

    private readonly TokenTrie _trie;
    private readonly int[] _failures;

    /// <summary>For each node, the phrase that ends there, as a bit.</summary>
    private readonly ulong[] _ends;

    /// <summary>For each node, the phrases that go through it or end there.</summary>
    private readonly ulong[] _through;
    private readonly int[] _lengths;
    private readonly ulong _all;

    /// <summary>Builds the automaton.</summary>
    /// <param name="phrases">The phrases, none empty and at most <see cref="MaxPhrases"/>.</param>
    public PhraseTrie(IReadOnlyList<int[]> phrases)
    {
        int[][] maximal = [.. Maximal(phrases)];
        _lengths = [.. maximal.Select(static phrase => phrase.Length)];
        _all = maximal.Length == MaxPhrases ? ulong.MaxValue : (1UL << maximal.Length) - 1;
        _trie = new(maximal, out int[] ends);
        _ends = new ulong[_trie.Count];
        for (int phrase = 0; phrase < ends.Length; phrase++)
        {
            _ends[ends[phrase]] = 1UL << phrase;
        }

        _through = [.. _ends];
        for (int node = _trie.Count - 1; node >= 0; node--)
        {
            foreach (int child in _trie.Children(node))
            {
                _through[node] |= _through[child];
            }
        }

        _failures = Failures(_trie);
        MaxNextTokens = CountNextTokens();
    }

    /// <summary>The most ids that <see cref="NextTokens"/> writes.</summary>
    public int MaxNextTokens { get; }

    /// <summary>How far a hypothesis has come after one more id.</summary>
    /// <param name="progress">How far it had come; the default where it is empty.</param>
    /// <param name="token">The id.</param>
    public PhraseProgress Advance(PhraseProgress progress, int token)
    {
        int node = Next(_trie, _failures, progress.Node, token);
        return new(node, progress.Met | _ends[node]);
    }

    /// <summary>How far a hypothesis has come after some more ids.</summary>
    /// <param name="progress">How far it had come; the default where it is empty.</param>
    /// <param name="tokens">The ids.</param>
    public PhraseProgress Advance(PhraseProgress progress, ReadOnlySpan<int> tokens)
    {
        foreach (int token in tokens)
        {
            progress = Advance(progress, token);
        }

        return progress;
    }

    /// <summary>Whether every phrase has appeared.</summary>
    /// <param name="progress">How far the hypothesis has come.</param>
    public bool AreAllMet(PhraseProgress progress) => progress.Met == _all;

    /// <summary>The ids of the phrases that have appeared, and those of a missing phrase that the hypothesis ends with: its bank.</summary>
    /// <param name="progress">How far the hypothesis has come.</param>
    public int TokensMet(PhraseProgress progress) => Length(progress.Met) + Matched(progress);

    /// <summary>
    /// The ids that suffice for all the missing phrases: one after another, beginning with the one that the hypothesis ends with a part of.
    /// Where they overlap, fewer may do.
    /// </summary>
    /// <param name="progress">How far the hypothesis has come.</param>
    public int TokensLeft(PhraseProgress progress) => Length(_all & ~progress.Met) - Matched(progress);

    /// <summary>The ids that begin a missing phrase, or go on with a part of one that the hypothesis ends with.</summary>
    /// <param name="progress">How far the hypothesis has come.</param>
    /// <param name="tokens">Receives the ids, each once: room for <see cref="MaxNextTokens"/>.</param>
    /// <returns>Their number.</returns>
    public int NextTokens(PhraseProgress progress, Span<int> tokens)
    {
        int count = 0;
        for (int node = progress.Node; ; node = _failures[node])
        {
            ReadOnlySpan<int> children = _trie.Children(node);
            for (int place = 0; place < children.Length; place++)
            {
                int token = _trie.Tokens(node)[place];
                if ((_through[children[place]] & ~progress.Met) != 0 && !tokens[..count].Contains(token))
                {
                    tokens[count++] = token;
                }
            }

            if (node == 0)
            {
                return count;
            }
        }
    }

    /// <summary>The phrases that no other one contains, each once.</summary>
    private static IEnumerable<int[]> Maximal(IReadOnlyList<int[]> phrases)
    {
        for (int index = 0; index < phrases.Count; index++)
        {
            int[] phrase = phrases[index];
            bool isContained = false;
            for (int other = 0; other < phrases.Count && !isContained; other++)
            {
                // Of equal phrases, the first one stays.
                bool mayContain = phrases[other].Length > phrase.Length || (phrases[other].Length == phrase.Length && other < index);
                isContained = mayContain && phrases[other].AsSpan().IndexOf(phrase) >= 0;
            }

            if (!isContained)
            {
                yield return phrase;
            }
        }
    }

    private static int[] Failures(TokenTrie trie)
    {
        // By ascending depth: a link leads to a shallower node, whose own link is needed first. The links of the root and its children stay 0.
        int[] failures = new int[trie.Count];
        Queue<int> nodes = new([0]);
        while (nodes.TryDequeue(out int node))
        {
            ReadOnlySpan<int> children = trie.Children(node);
            for (int place = 0; place < children.Length; place++)
            {
                if (node != 0)
                {
                    failures[children[place]] = Next(trie, failures, failures[node], trie.Tokens(node)[place]);
                }

                nodes.Enqueue(children[place]);
            }
        }

        return failures;
    }

    private static int Next(TokenTrie trie, int[] failures, int node, int token)
    {
        while (true)
        {
            int child = trie.Child(node, token);
            if (child != TokenTrie.None)
            {
                return child;
            }

            if (node == 0)
            {
                return 0;
            }

            node = failures[node];
        }
    }

    /// <summary>The most ids that follow a node while every phrase is missing: fewer follow once some have appeared.</summary>
    private int CountNextTokens()
    {
        int[] tokens = new int[_trie.Count];
        int most = 0;
        for (int node = 0; node < _trie.Count; node++)
        {
            most = Math.Max(most, NextTokens(new(node, 0), tokens));
        }

        return most;
    }

    private int Length(ulong phrases)
    {
        int length = 0;
        for (; phrases != 0; phrases &= phrases - 1)
        {
            length += _lengths[BitOperations.TrailingZeroCount(phrases)];
        }

        return length;
    }

    /// <summary>The ids of the longest part of a missing phrase that the hypothesis ends with.</summary>
    private int Matched(PhraseProgress progress)
    {
        int node = progress.Node;
        while (node != 0 && (_through[node] & ~progress.Met) == 0)
        {
            node = _failures[node];
        }

        return _trie.Depth(node);
    }
}
