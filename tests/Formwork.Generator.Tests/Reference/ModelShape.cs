namespace Formwork.Generator.Tests.Reference;

/// <summary>One random model: a value on every axis. It says nothing of how the generator sees them.</summary>
internal sealed record ModelShape
{
    public required Family Family { get; init; }

    public required int ModelDim { get; init; }

    public required int EncoderLayers { get; init; }

    public required int DecoderLayers { get; init; }

    public required int EncoderHeads { get; init; }

    public required int DecoderHeads { get; init; }

    public required int EncoderHeadDim { get; init; }

    public required int DecoderHeadDim { get; init; }

    public required int EncoderFeedForwardDim { get; init; }

    public required int DecoderFeedForwardDim { get; init; }

    public required int SourceVocabSize { get; init; }

    public required int TargetVocabSize { get; init; }

    public required int SourceLength { get; init; }

    public required int TargetLength { get; init; }

    public required NormKind NormKind { get; init; }

    public required NormPlacement Norm { get; init; }

    public required bool NormBias { get; init; }

    public required bool EmbeddingNorm { get; init; }

    public required bool FinalNorm { get; init; }

    public required float NormEpsilon { get; init; }

    public required PositionEncoding Positions { get; init; }

    public required int PositionOffset { get; init; }

    public required int MaxPositions { get; init; }

    public required int RelativeBuckets { get; init; }

    public required int RelativeMaxDistance { get; init; }

    public required bool ScaleAttention { get; init; }

    public required ActivationFunction Activation { get; init; }

    public required bool GatedFeedForward { get; init; }

    public required bool QueryBias { get; init; }

    public required bool KeyBias { get; init; }

    public required bool ValueBias { get; init; }

    public required bool OutputProjectionBias { get; init; }

    public required bool FeedForwardBias { get; init; }

    public required bool ScaleEmbedding { get; init; }

    public required bool ShareEmbeddings { get; init; }

    public required bool TieOutput { get; init; }

    public required bool ScaleOutput { get; init; }

    public required bool OutputBias { get; init; }

    public required bool CrossAttention { get; init; }

    public required int StackBudget { get; init; }

    public required int MaxBatch { get; init; }

    public required int MaxBeams { get; init; }

    public required WeightType EmbeddingWeights { get; init; }

    public required WeightType AttentionWeights { get; init; }

    public required WeightType FeedForwardWeights { get; init; }

    public required WeightType OutputWeights { get; init; }

    /// <summary>Whether any product rounds its activations to 8 bits.</summary>
    public bool IsQuantized => new[] { EmbeddingWeights, AttentionWeights, FeedForwardWeights, OutputWeights }.Any(static type => type >= WeightType.Int8);

    /// <summary>Whether the declaration says HeadDim, or leaves it to be ModelDim / Heads of each stack.</summary>
    public required bool HeadDimIsWritten { get; init; }

    /// <summary>Whether cross-attention is there and recorded.</summary>
    public required bool RecordCrossAttention { get; init; }

    /// <summary>The recorded layers in the order of the declaration, or null where it leaves them out.</summary>
    public required int[]? RecordLayers { get; init; }

    /// <summary>The recorded heads in the order of the declaration, or null where it leaves them out.</summary>
    public required int[]? RecordHeads { get; init; }

    /// <summary>The tensor added to the logits, which families name differently.</summary>
    public string OutputBiasName => Family is Family.Vaswani or Family.OpenNmt or Family.T5 ? "lm_head.bias" : "final_logits_bias";

    /// <summary>Draws a shape.</summary>
    public static ModelShape Random(Random random)
    {
        // A third in Float32 alone, a third in 16 bits here and there, a third in anything.
        WeightType[] types = random.Next(3) switch
        {
            0 => [WeightType.Float32],
            1 => [WeightType.Float32, WeightType.BFloat16, WeightType.Float16],
            _ => Enum.GetValues<WeightType>(),
        };
        WeightType embedding = types[random.Next(types.Length)];
        bool tie = Coin(random);
        bool share = Coin(random);
        int vocabulary = random.Next(3, 75);
        PositionEncoding positions = Pick<PositionEncoding>(random);
        int sourceLength = random.Next(1, 40);
        int targetLength = random.Next(1, 40);
        bool same = Coin(random);

        // Either every head has a width of its own choosing, or each stack divides the model's width by its own number of heads.
        bool divides = random.Next(3) == 0;
        int width = divides ? 12 * random.Next(1, 8) : positions == PositionEncoding.Learned ? random.Next(2, 90) : 2 * random.Next(2, 45);
        int[] divisors = [1, 2, 3, 4, 6];
        int heads = divides ? divisors[random.Next(divisors.Length)] : random.Next(1, 5);
        int decoderHeads = same ? heads : divides ? divisors[random.Next(divisors.Length)] : random.Next(1, 5);
        int headDim = random.Next(1, 40);
        int feedForward = random.Next(1, 100);
        int decoderLayers = random.Next(1, 4);
        bool cross = random.Next(8) > 0;
        bool record = cross && Coin(random);
        NormKind norm = Pick<NormKind>(random);
        int buckets = 4 * random.Next(1, 9);
        return new()
        {
            Family = Pick<Family>(random),
            ModelDim = width,
            EncoderLayers = random.Next(1, 3),
            DecoderLayers = decoderLayers,
            EncoderHeads = heads,
            DecoderHeads = decoderHeads,
            EncoderHeadDim = divides ? width / heads : headDim,
            DecoderHeadDim = divides ? width / decoderHeads : headDim,
            HeadDimIsWritten = !divides,
            CrossAttention = cross,
            RecordCrossAttention = record,
            RecordLayers = record && Coin(random) ? Some(random, decoderLayers) : null,
            RecordHeads = record && Coin(random) ? Some(random, decoderHeads) : null,
            EncoderFeedForwardDim = feedForward,
            DecoderFeedForwardDim = same ? feedForward : random.Next(1, 100),
            SourceVocabSize = vocabulary,
            TargetVocabSize = share ? vocabulary : random.Next(3, 75),
            SourceLength = sourceLength,
            TargetLength = targetLength,
            NormKind = norm,
            Norm = Pick<NormPlacement>(random),
            NormBias = norm == NormKind.LayerNorm && Coin(random),
            EmbeddingNorm = Coin(random),
            FinalNorm = Coin(random),
            NormEpsilon = Coin(random) ? 1e-5f : 1e-6f,
            Positions = positions,
            PositionOffset = random.Next(0, 4),
            MaxPositions = Math.Max(sourceLength, targetLength) + random.Next(0, 5),
            RelativeBuckets = buckets,
            RelativeMaxDistance = (buckets / 2) + random.Next(1, 40),
            ScaleAttention = random.Next(3) > 0,
            Activation = Pick<ActivationFunction>(random),
            GatedFeedForward = random.Next(3) == 0,
            QueryBias = Coin(random),
            KeyBias = Coin(random),
            ValueBias = Coin(random),
            OutputProjectionBias = Coin(random),
            FeedForwardBias = Coin(random),
            ScaleEmbedding = Coin(random),
            ShareEmbeddings = share,
            MaxBatch = random.Next(4) == 0 ? 1 : random.Next(2, 7),
            MaxBeams = random.Next(3) == 0 ? 1 : random.Next(2, 6),
            TieOutput = tie,
            EmbeddingWeights = embedding,
            AttentionWeights = types[random.Next(types.Length)],
            FeedForwardWeights = types[random.Next(types.Length)],
            OutputWeights = tie ? embedding : types[random.Next(types.Length)],
            ScaleOutput = random.Next(3) == 0,
            OutputBias = Coin(random),
            StackBudget = random.Next(4) == 0 ? 0 : TransformerAttribute.DefaultStackBudget,
        };
    }

    /// <summary>The declaration of a class of this shape.</summary>
    public string Declare(string name) =>
        $"""
        [Transformer(Family.{Family}, ModelDim = {ModelDim}, EncoderLayers = {EncoderLayers}, DecoderLayers = {DecoderLayers},
            EncoderHeads = {EncoderHeads}, DecoderHeads = {DecoderHeads},{(HeadDimIsWritten ? $" HeadDim = {EncoderHeadDim}," : string.Empty)}
            EncoderFeedForwardDim = {EncoderFeedForwardDim}, DecoderFeedForwardDim = {DecoderFeedForwardDim},
            SourceVocabSize = {SourceVocabSize}, TargetVocabSize = {TargetVocabSize}, SourceLength = {SourceLength}, TargetLength = {TargetLength},
            StartToken = 0, EndToken = 1, PadToken = 2,
            NormKind = NormKind.{NormKind}, Norm = NormPlacement.{Norm}, NormBias = {Text(NormBias)}, EmbeddingNorm = {Text(EmbeddingNorm)}, FinalNorm = {Text(FinalNorm)}, NormEpsilon = {NormEpsilon:R}f,
            Positions = PositionEncoding.{Positions}, PositionOffset = {PositionOffset}, MaxPositions = {MaxPositions},{(Positions == PositionEncoding.RelativeBuckets ? $" RelativeBuckets = {RelativeBuckets}, RelativeMaxDistance = {RelativeMaxDistance}," : string.Empty)}
            ScaleAttention = {Text(ScaleAttention)}, GatedFeedForward = {Text(GatedFeedForward)}, ScaleOutput = {Text(ScaleOutput)},
            Activation = ActivationFunction.{Activation}, QueryBias = {Text(QueryBias)}, KeyBias = {Text(KeyBias)}, ValueBias = {Text(ValueBias)},
            OutputProjectionBias = {Text(OutputProjectionBias)}, FeedForwardBias = {Text(FeedForwardBias)}, ScaleEmbedding = {Text(ScaleEmbedding)},
            ShareEmbeddings = {Text(ShareEmbeddings)}, TieOutput = {Text(TieOutput)}, OutputBias = {Text(OutputBias)},
            Weights = WeightType.{AttentionWeights}, EmbeddingWeights = WeightType.{EmbeddingWeights}, FeedForwardWeights = WeightType.{FeedForwardWeights}, OutputWeights = WeightType.{OutputWeights},
            CrossAttention = {Text(CrossAttention)}, RecordCrossAttention = {Text(RecordCrossAttention)},{Text("RecordLayers", RecordLayers)}{Text("RecordHeads", RecordHeads)}
            StackBudget = {StackBudget}, MaxBatch = {MaxBatch}, MaxBeams = {MaxBeams})]
        public sealed partial class {name};
        """;

    private static string Text(bool value) => value ? "true" : "false";

    private static string Text(string option, int[]? numbers) => numbers is null ? string.Empty : $" {option} = new[] {{ {string.Join(", ", numbers)} }},";

    /// <summary>At least one of the numbers below <paramref name="count"/>, in any order.</summary>
    private static int[] Some(Random random, int count)
    {
        int[] all = [.. Enumerable.Range(0, count)];
        random.Shuffle(all);
        return all[..random.Next(1, count + 1)];
    }

    private static bool Coin(Random random) => random.Next(2) == 0;

    private static T Pick<T>(Random random)
        where T : struct, Enum => Enum.GetValues<T>()[random.Next(Enum.GetValues<T>().Length)];
}
