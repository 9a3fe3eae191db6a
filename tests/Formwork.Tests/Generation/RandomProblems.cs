using Formwork.Generation;
using Formwork.Generation.Constraints;

namespace Formwork.Tests.Generation;

/// <summary>Random models, sources and options that do not contradict each other; each option is left alone more often than not.</summary>
internal sealed class RandomProblems(int seed)
{
    private const int SourceLength = 6;
    private readonly Random _random = new(seed);

    /// <summary>A problem under one of the conventions.</summary>
    public ReferenceProblem Next(ScoreConvention convention)
    {
        ToyModel model = Model(out DecodingShape shape);
        return new(model, shape, Options(convention, shape), Source(model));
    }

    /// <summary>A model.</summary>
    public ToyModel Model(out DecodingShape shape)
    {
        int vocabulary = _random.Next(3, 13);
        int end = _random.Next(vocabulary);
        int start = Other(vocabulary, end);

        // Marian models start with the token that they never produce.
        int masked = Chance(0.5) ? -1 : Chance(0.7) ? start : Other(vocabulary, end);
        int targetLength = _random.Next(2, 11);
        int maxBeams = _random.Next(1, 9);
        shape = new("Toy", vocabulary, SourceLength, targetLength, start, end, masked, maxBeams, RecordsCrossAttention: true);
        return new(vocabulary, masked, _random.Next());
    }

    /// <summary>A source's ids.</summary>
    public int[] Source(ToyModel model) => Ids(_random.Next(1, SourceLength + 1), model.Vocabulary, except: -1);

    /// <summary>A number below <paramref name="limit"/>.</summary>
    public int Number(int limit) => _random.Next(limit);

    private GenerationOptions Options(ScoreConvention convention, DecodingShape shape)
    {
        bool huggingFace = convention == ScoreConvention.HuggingFace;
        int vocabulary = shape.Vocabulary;
        int beams = _random.Next(1, shape.MaxBeams + 1);
        float patience = huggingFace ? 1 : Pick(1, 1, 2, 0.5f, 1.5f);
        int prefix = Chance(0.3) ? _random.Next(shape.TargetLength) : 0;
        int room = shape.TargetLength - (huggingFace ? prefix : 0);
        int least = huggingFace ? 1 : prefix + 1;
        int? most = Chance(0.3) ? _random.Next(least, room + 1) : null;
        int? forcedStart = prefix == 0 && Chance(0.15) ? Producible(shape) : null;
        int? forcedEnd = Chance(0.15) ? shape.EndToken : null;
        return new()
        {
            Convention = convention,
            Beams = beams,
            NBest = beams == 1 ? 1 : _random.Next(1, (int)Math.Round(beams * patience, MidpointRounding.AwayFromZero) + 1),
            LengthPenalty = Pick(1, 1, 0, 0.6f, 2, -0.5f),
            CoveragePenalty = !huggingFace && Chance(0.25) ? Pick(0.1f, 0.5f, 1) : 0,
            EarlyStopping = huggingFace ? (EarlyStopping)_random.Next(3) : default,
            Patience = patience,
            MinLength = Chance(0.25) ? _random.Next(Math.Min(most ?? room, room) + 1) : 0,
            MaxLength = most,
            RepetitionPenalty = Chance(0.25) ? Pick(1.3f, 2, 0.8f) : 1,
            NoRepeatNgram = Chance(0.25) ? _random.Next(1, 4) : 0,
            SuppressedTokens = Chance(0.2) ? Ids(1, vocabulary, shape.EndToken, forcedStart ?? -1) : [],
            SuppressedAtStart = Chance(0.2) ? Ids(_random.Next(1, 3), vocabulary, except: -1) : [],
            SuppressedSequences = Chance(0.25) ? [.. Enumerable.Range(0, 3).Select(_ => Sequence(shape))] : [],
            ForcedStart = forcedStart,
            ForcedEnd = forcedEnd,
            Prefix = Ids(prefix, vocabulary, shape.EndToken, shape.MaskedToken),
            PrefixBias = !huggingFace && prefix > 0 && Chance(0.3) ? Pick(0.2f, 0.6f, 0.9f) : 0,
            AllowedTokens = Chance(0.15) ? Allowed(_random.Next(), shape.EndToken) : null,
        };
    }

    /// <summary>Two thirds of the ids, which ones depending on the target, and always the end token.</summary>
    private static AllowedTokens Allowed(int salt, int end) => (target, allowed) =>
    {
        uint hash = (uint)salt;
        foreach (int id in target)
        {
            hash = (hash * 31) + (uint)id;
        }

        for (int id = 0; id < allowed.Vocabulary; id++)
        {
            if (id == end || (hash + (uint)id) * 2654435761 % 3 != 0)
            {
                allowed.Add(id);
            }
        }
    };

    /// <summary>A few ids; the end token does not come alone, which one of the conventions ignores.</summary>
    private int[] Sequence(DecodingShape shape)
    {
        int length = _random.Next(1, 4);
        return Ids(length, shape.Vocabulary, length == 1 ? shape.EndToken : -1);
    }

    private bool Chance(double probability) => _random.NextDouble() < probability;

    private float Pick(params ReadOnlySpan<float> values) => values[_random.Next(values.Length)];

    private int Producible(DecodingShape shape)
    {
        int id = Other(shape.Vocabulary, shape.EndToken);
        while (id == shape.MaskedToken)
        {
            id = Other(shape.Vocabulary, shape.EndToken);
        }

        return id;
    }

    private int Other(int vocabulary, int than) => (than + _random.Next(1, vocabulary)) % vocabulary;

    private int[] Ids(int count, int vocabulary, params int[] except)
    {
        int[] from = [.. Enumerable.Range(0, vocabulary).Except(except)];
        return [.. Enumerable.Range(0, count).Select(_ => from[_random.Next(from.Length)])];
    }
}
