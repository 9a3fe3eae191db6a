using System.Buffers;

namespace Formwork.Text;

/// <summary>
/// Finds the segmentation whose pieces' scores (log-probabilities) sum highest: Viterbi over byte positions, keeping only the best
/// path to each. Time is proportional to the text's length times the longest piece that matches.
/// </summary>
internal sealed class UnigramSegmenter : Segmenter
{
    // What an unknown character costs beyond the rarest piece.
    private const float UnknownPenalty = 10;

    // What max() over the scores starts from in the reference, so that a vocabulary of negative scores has this one.
    private const float LeastMaximum = 1.17549435e-38f;

    private readonly double[] _scores;
    private readonly float _unknownScore;

    public UnigramSegmenter(Vocabulary vocabulary)
        : base(vocabulary)
    {
        PieceStore pieces = vocabulary.Pieces;
        float least = float.MaxValue;
        float greatest = LeastMaximum;
        for (int id = 0; id < pieces.Count; id++)
        {
            if (pieces.Kinds[id] == PieceKind.Normal)
            {
                least = Math.Min(least, pieces.Scores[id]);
                greatest = Math.Max(greatest, pieces.Scores[id]);
            }
        }
        _unknownScore = least - UnknownPenalty;
        _scores = new double[pieces.Count];
        for (int id = 0; id < _scores.Length; id++)
        {
            // A user-defined symbol costs next to nothing, so that no segmentation through it does better.
            _scores[id] = pieces.Kinds[id] == PieceKind.UserDefined
                ? (double)(pieces[id].Length * greatest) - 0.1
                : pieces.Scores[id];
        }
    }

    public override void Segment(scoped ReadOnlySpan<byte> text, ref PooledList<Token> tokens)
    {
        PathEnd[] rented = ArrayPool<PathEnd>.Shared.Rent(text.Length + 1);
        Span<PathEnd> best = rented.AsSpan(0, text.Length + 1);
        FindBestPaths(text, best);

        int first = tokens.Length;
        for (int end = text.Length; end > 0; end = best[end].Start)
        {
            tokens.Add(new Token(best[end].Id, best[end].Start, end));
        }
        tokens.Items[first..].Reverse();
        ArrayPool<PathEnd>.Shared.Return(rented);
    }

    private void FindBestPaths(ReadOnlySpan<byte> text, Span<PathEnd> best)
    {
        best.Fill(new PathEnd(0, PathEnd.Unreached, 0));
        PieceTrie trie = Vocabulary.Text;
        ReadOnlySpan<PieceKind> kinds = Vocabulary.Pieces.Kinds;
        int length;
        for (int start = 0; start < text.Length; start += length)
        {
            length = Utf8.LengthByLead(text[start..]);
            float before = best[start].Score;
            bool isPiece = false;
            int node = PieceTrie.Root;
            for (int end = start; end < text.Length;)
            {
                node = trie.Child(node, text[end++]);
                if (node == PieceTrie.None)
                {
                    break;
                }
                int id = trie.IdAt(node);
                if (id == PieceTrie.None || kinds[id] == PieceKind.Unused)
                {
                    continue;
                }
                // The sum is compared in double and kept in single precision, as in the reference: this decides ties.
                double score = _scores[id] + before;
                ref PathEnd path = ref best[end];
                if (path.Start == PathEnd.Unreached || score > path.Score)
                {
                    path = new PathEnd((float)score, start, id);
                }
                isPiece |= end - start == length;
            }
            if (!isPiece)
            {
                float score = _unknownScore + before;
                ref PathEnd path = ref best[start + length];
                if (path.Start == PathEnd.Unreached || score > path.Score)
                {
                    path = new PathEnd(score, start, Vocabulary.UnknownId);
                }
            }
        }
    }

    /// <summary>The best path to a position: its score and its last piece.</summary>
    private readonly record struct PathEnd(float Score, int Start, int Id)
    {
        public const int Unreached = -1;
    }
}
