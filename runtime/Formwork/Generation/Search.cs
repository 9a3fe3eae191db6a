using System.ComponentModel;
using Formwork.Generation.Constraints;
using Formwork.Kernels;

namespace Formwork.Generation;

/// <summary>
/// The search for one source's target: its options, checked against a declaration, and all the memory that it works in. It is made once and runs
/// any number of times without allocating; one thread uses it at a time.
/// </summary>
public abstract class Search
{
    private readonly int[] _prefix;
    private int _prefixLength;
    private int _isInUse;

    private protected Search(GenerationOptions options, DecodingShape shape, int rows)
    {
        Options = options;
        Shape = shape;
        Rules = new(options, shape);
        _prefix = new int[shape.TargetLength + 1];
        _prefix[0] = shape.StartToken;
        RowTokens = new int[rows];
        RowLanes = new int[rows];
        RowPositions = new int[rows];
        LaneCopies = new LaneCopy[rows];
        options.Prefix.ToArray().CopyTo(_prefix, 1);
        _prefixLength = options.Prefix.Count;
    }

    /// <summary>What was asked for.</summary>
    public GenerationOptions Options { get; }

    /// <summary>
    /// Ids that the next run's hypotheses begin with: at first the options' <see cref="GenerationOptions.Prefix"/>. Setting it checks the options anew, with a small allocation.
    /// </summary>
    /// <exception cref="ArgumentException">The prefix leaves no room, or holds the end token or an id outside the vocabulary.</exception>
    public ReadOnlySpan<int> Prefix
    {
        get => _prefix.AsSpan(1, _prefixLength);
        set
        {
            OptionCheck.Check(Options with { Prefix = value.ToArray() }, Shape);
            value.CopyTo(_prefix.AsSpan(1));
            _prefixLength = value.Length;
        }
    }

    /// <summary>Number of hypotheses that the last run found: <see cref="GenerationOptions.NBest"/>, or fewer where the rules leave fewer.</summary>
    public abstract int Count { get; }

    /// <summary>A hypothesis of the last run, the best one first.</summary>
    /// <param name="index">0 to <see cref="Count"/>, exclusive.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such hypothesis.</exception>
    public abstract Hypothesis this[int index] { get; }

    /// <summary>The most hypotheses that are followed at once, each of which takes a lane of a batch.</summary>
    public int MaxRows => RowTokens.Length;

    /// <summary>What the model of this search is like.</summary>
    internal DecodingShape Shape { get; }

    /// <summary>Whether each step's cross-attention has to be added to <see cref="Coverage"/>.</summary>
    internal virtual bool NeedsCoverage => false;

    /// <summary>Whether an empty source has an empty target, and is not an error.</summary>
    internal bool AcceptsEmptySource => Options.Convention == ScoreConvention.CTranslate2;

    /// <summary>Counts the runs, to tell one from the next.</summary>
    internal int Run { get; private protected set; }

    /// <summary>Whether the run is over.</summary>
    internal bool IsFinished { get; private protected set; }

    /// <summary>The prefix that is fed before the search begins; empty where it is only a wish.</summary>
    internal ReadOnlySpan<int> HardPrefix => Options.PrefixBias == 0 ? Prefix : [];

    /// <summary>What is fed before the first row, from position 0 on: the start token and all of the hard prefix but its last id.</summary>
    internal ReadOnlySpan<int> Prefill => _prefix.AsSpan(0, HardPrefix.Length);

    /// <summary>Tokens to feed, one a row.</summary>
    internal ReadOnlySpan<int> Tokens => RowTokens.AsSpan(0, Rows);

    /// <summary>The rows' lanes, counted from the source's first.</summary>
    internal ReadOnlySpan<int> Lanes => RowLanes.AsSpan(0, Rows);

    /// <summary>The rows' positions.</summary>
    internal ReadOnlySpan<int> Positions => RowPositions.AsSpan(0, Rows);

    /// <summary>Lanes to copy before the rows are fed. No lane is both copied and overwritten.</summary>
    internal ReadOnlySpan<LaneCopy> Copies => LaneCopies.AsSpan(0, CopyCount);

    /// <summary>Number of rows to feed.</summary>
    private protected int Rows { get; set; }

    /// <summary>Number of lanes to copy.</summary>
    private protected int CopyCount { get; set; }

    private protected int[] RowTokens { get; }

    private protected int[] RowLanes { get; }

    private protected int[] RowPositions { get; }

    private protected LaneCopy[] LaneCopies { get; }

    private protected TokenRules Rules { get; }

    /// <summary>Ids that do not count where lengths are measured.</summary>
    private protected int UncountedIds => Options.Convention == ScoreConvention.HuggingFace ? HardPrefix.Length : 0;

    /// <summary>The token of the run's first row.</summary>
    private protected int FirstToken => _prefix[HardPrefix.Length];

    /// <summary>The most ids that a hypothesis of the present run may have.</summary>
    internal int MostIds => (int)Math.Min(
        Shape.TargetLength, (Options.MaxLength ?? int.MaxValue) + (Options.Convention == ScoreConvention.HuggingFace ? (long)(RoomFrom ?? HardPrefix.Length) : 0));

    /// <summary>The ids that do not count towards the greatest length, where they are fewer than the prefix: an alternative was chosen, not given.</summary>
    internal int? RoomFrom { get; set; }

    /// <summary>Makes the search that the options ask for. Everything that it will need is allocated here.</summary>
    /// <param name="options">The options.</param>
    /// <param name="shape">What the model is like.</param>
    /// <exception cref="ArgumentException">The options contradict each other, or the model's declaration.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static Search Create(GenerationOptions options, DecodingShape shape)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(shape);
        OptionCheck.Check(options, shape);
        return options.Sample ? new SamplingSearch(options, shape) : new BeamSearch(options, shape);
    }

    /// <summary>The same for a declaration without sampling, so that none of it is linked into the program.</summary>
    /// <param name="options">The options.</param>
    /// <param name="shape">What the model is like.</param>
    /// <exception cref="ArgumentException">The options contradict each other, or the model's declaration.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static Search CreateWithoutSampling(GenerationOptions options, DecodingShape shape)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(shape);
        OptionCheck.Check(options, shape);
        return options.Sample
            ? throw new ArgumentException($"Sampling is switched off in the declaration of {shape.Model}: add DecodingFeatures.Sampling to its Decoding.", nameof(options))
            : new BeamSearch(options, shape);
    }

    /// <summary>Copies the last run's hypotheses, the best one first.</summary>
    public ScoredTarget[] ToArray()
    {
        var targets = new ScoredTarget[Count];
        for (int index = 0; index < targets.Length; index++)
        {
            targets[index] = this[index].Copy();
        }

        return targets;
    }

    /// <summary>The most probable ids that may come right after the hard prefix, and their log-probabilities.</summary>
    /// <param name="logits">The logits after the prefix; written over.</param>
    /// <param name="count">The most ids.</param>
    internal (int[] Tokens, float[] LogProbabilities) Best(Span<float> logits, int count)
    {
        if (Shape.MaskedToken >= 0)
        {
            logits[Shape.MaskedToken] = float.NegativeInfinity;
        }

        PhraseProgress phrases = default;
        foreach (int token in HardPrefix)
        {
            phrases = Rules.Phrases?.Advance(phrases, token) ?? default;
        }

        Rules.Apply(logits, new(_prefix.AsSpan(0, HardPrefix.Length + 1), HardPrefix.Length, MostIds - HardPrefix.Length, phrases));
        double normalizer = LogSoftmax.Normalizer(logits);
        if (!double.IsFinite(normalizer))
        {
            throw Rules.IsEmpty ? GenerationException.UnusableLogits(HardPrefix.Length) : GenerationException.NothingLeft(HardPrefix.Length);
        }

        int[] tokens = new int[Math.Min(count, Shape.Vocabulary)];
        float[] logProbabilities = new float[tokens.Length];
        int found = TopK.Find(logits, tokens, logProbabilities);
        for (int index = 0; index < found; index++)
        {
            logProbabilities[index] = (float)(logProbabilities[index] - normalizer);
        }

        return (tokens[..found], logProbabilities[..found]);
    }

    /// <summary>Begins a use of the search; a second one is refused until <see cref="Exit"/>.</summary>
    /// <exception cref="InvalidOperationException">The search is in use.</exception>
    internal void Enter()
    {
        if (Interlocked.Exchange(ref _isInUse, 1) != 0)
        {
            throw new InvalidOperationException(
                "This search is in use by another call, from another thread or from a callback of that call: make one search for each thread, and one for each source of a batch.");
        }
    }

    /// <summary>Ends a use of the search.</summary>
    internal void Exit() => Volatile.Write(ref _isInUse, 0);

    /// <summary>Begins a run: all that remains to be done is to feed <see cref="Prefill"/>, and then the rows.</summary>
    /// <param name="sourceLength">Ids of the source.</param>
    internal abstract void Begin(int sourceLength);

    /// <summary>Ends a run before it begins, with one hypothesis that holds nothing: what CTranslate2 makes of an empty source.</summary>
    internal abstract void FinishEmpty();

    /// <summary>Where a row's cross-attention of all its steps adds up: [source length].</summary>
    /// <param name="row">The row.</param>
    internal virtual Span<float> Coverage(int row) => [];

    /// <summary>Takes the logits of the rows and chooses the next ones.</summary>
    /// <param name="logits">[rows × vocabulary]; written over.</param>
    internal abstract void Advance(Span<float> logits);
}
