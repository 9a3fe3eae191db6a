using System.ComponentModel;

namespace Formwork.Generation;

/// <summary>Decodes a target token by token: greedily, or as a search of one hypothesis chooses.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct TokenSteps
{
    private readonly Search? _search;
    private readonly int _endToken;
    private readonly int _limit;
    private readonly CancellationToken _cancellation;
    private readonly int _run;
    private int _length;
    private bool _isEnded;

    /// <summary>Begins greedy decoding.</summary>
    /// <param name="startToken">The token fed at position 0.</param>
    /// <param name="endToken">The token that ends the target.</param>
    /// <param name="limit">The most tokens.</param>
    /// <param name="cancellation">Ends the run between two steps.</param>
    public TokenSteps(int startToken, int endToken, int limit, CancellationToken cancellation)
    {
        Current = startToken;
        _endToken = endToken;
        _limit = limit;
        _cancellation = cancellation;
    }

    private TokenSteps(Search search, CancellationToken cancellation)
    {
        _search = search;
        _run = search.Run;
        _cancellation = cancellation;
    }

    /// <summary>The token of the last step.</summary>
    public int Current { get; private set; }

    /// <summary>Begins a search of one hypothesis on a decoder whose source is encoded.</summary>
    /// <typeparam name="TDecoder">The model and memory to step.</typeparam>
    /// <param name="decoder">The decoder.</param>
    /// <param name="search">The search; its prefix is not among the tokens.</param>
    /// <param name="sourceLength">Ids of the source.</param>
    /// <param name="cancellation">Ends the run between two steps.</param>
    /// <exception cref="ArgumentException">The search follows several hypotheses.</exception>
    public static TokenSteps Begin<TDecoder>(ref TDecoder decoder, Search search, int sourceLength, CancellationToken cancellation)
        where TDecoder : struct, ISearchDecoder, allows ref struct
    {
        ArgumentNullException.ThrowIfNull(search);
        if (search.MaxRows > 1 || search.Options.NBest > 1)
        {
            throw new ArgumentException(
                "Tokens can be streamed from one hypothesis alone, since beams change their minds: make the search with Beams = 1 and NBest = 1.", nameof(search));
        }

        search.Enter();
        try
        {
            SearchLoop.Begin(ref decoder, search, slot: 0, sourceLength);
            return new(search, cancellation);
        }
        finally
        {
            search.Exit();
        }
    }

    /// <summary>Chooses the next token; false once the target has ended.</summary>
    /// <typeparam name="TDecoder">The model and memory to step.</typeparam>
    /// <param name="decoder">The decoder.</param>
    /// <exception cref="GenerationException">The logits were of no use, or the rules left no token.</exception>
    /// <exception cref="InvalidOperationException">The search is in use, or has been used for another run.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public bool MoveNext<TDecoder>(ref TDecoder decoder)
        where TDecoder : struct, IStepDecoder, ISearchDecoder, allows ref struct
    {
        if (_isEnded || (_search is null && _length == _limit))
        {
            return false;
        }

        _cancellation.ThrowIfCancellationRequested();
        if (_search is null)
        {
            int token = decoder.NextToken(Current);
            Current = token >= 0 ? token : throw GenerationException.UnusableLogits(_length);
            _length++;
            _isEnded = token == _endToken;
            return true;
        }

        _search.Enter();
        try
        {
            if (_search.Run != _run)
            {
                throw new InvalidOperationException(
                    "The search has been used for another run since this stream began, so its tokens are lost: make one search for each stream.");
            }

            SearchLoop.Step(ref decoder, _search);
            _isEnded = _search.IsFinished;
            Current = _isEnded ? _search[0].Tokens[^1] : _search.Tokens[0];
            return true;
        }
        finally
        {
            _search.Exit();
        }
    }
}
