using System.Globalization;
using Formwork.Generator.Diagnostics;
using Formwork.Generator.Model;

namespace Formwork.Generator.Parsing;

/// <summary>Reads the axes: the family's choice, unless the declaration overrides it.</summary>
internal sealed class AxisParser(string typeName, FamilySpec family, AttributeOptions options, List<DiagnosticInfo> diagnostics)
{
    /// <summary>The most sources that are decoded together, and the most beams of one.</summary>
    public const int LargestBatch = 64;

    private const int DefaultStackBudget = 128 * 1024;
    private const int LargestTable = 1 << 24;

    /// <summary>T5's.</summary>
    private const int DefaultBuckets = 32;
    private const int DefaultMaxDistance = 128;

    private static readonly string[] RelativeOptions = ["RelativeBuckets", "RelativeMaxDistance"];

    /// <summary>A row of so many activations is quantised in one stack frame.</summary>
    private const int MostQuantizedInputs = 1 << 14;

    public NormSpec Norm()
    {
        NormKind kind = Axis("NormKind", family.Norm.Kind);
        bool? bias = options.Bool("NormBias");
        if (kind == NormKind.RmsNorm && bias == true)
        {
            Report("FW0107", "NormBias", "NormBias with NormKind.RmsNorm", "an RMS norm adds nothing; drop NormBias, or use NormKind.LayerNorm");
        }

        return new(
            kind,
            Axis("Norm", family.Norm.Placement),
            Epsilon(),
            kind == NormKind.LayerNorm && (bias ?? (family.Norm.Kind != kind || family.Norm.Bias)),
            options.Bool("EmbeddingNorm") ?? family.Norm.Embedding,
            options.Bool("FinalNorm") ?? family.Norm.Final);
    }

    public FeedForwardSpec FeedForward() => new(Axis("Activation", family.FeedForward.Activation), options.Bool("GatedFeedForward") ?? family.FeedForward.Gated);

    public bool ScaleAttention() => options.Bool("ScaleAttention") ?? family.ScaleAttention;

    public BiasSpec Bias()
    {
        bool? all = options.Bool("AttentionBias");
        return new(
            options.Bool("QueryBias") ?? all ?? family.Bias.Query,
            options.Bool("KeyBias") ?? all ?? family.Bias.Key,
            options.Bool("ValueBias") ?? all ?? family.Bias.Value,
            options.Bool("OutputProjectionBias") ?? all ?? family.Bias.OutputProjection,
            options.Bool("FeedForwardBias") ?? family.Bias.FeedForward);
    }

    public EmbeddingSpec Embedding(int sourceVocabSize, int targetVocabSize)
    {
        bool share = options.Bool("ShareEmbeddings") ?? family.Embedding.Share;
        if (share && sourceVocabSize != targetVocabSize)
        {
            Report("FW0105", "TargetVocabSize", family.Name, Text(sourceVocabSize), Text(targetVocabSize));
        }

        return new(
            options.Bool("ScaleEmbedding") ?? family.Embedding.Scale,
            share,
            options.Bool("TieOutput") ?? family.Embedding.TieOutput,
            options.Bool("ScaleOutput") ?? family.Embedding.ScaleOutput,
            options.Bool("OutputBias") ?? family.Embedding.OutputBias);
    }

    public PositionSpec Positions(StackSpec encoder, StackSpec decoder)
    {
        PositionEncoding encoding = Axis("Positions", family.Positions);
        int offset = options.Int("PositionOffset") ?? (encoding == family.Positions ? family.PositionOffset : 0);
        int maximum = options.Int("MaxPositions") ?? 0;
        if (offset is < 0 or > 1 << 20)
        {
            Report("FW0102", "PositionOffset", "PositionOffset", Text(offset), "the first token's position must be between 0 and 1048576");
        }

        int buckets = options.Int("RelativeBuckets") ?? DefaultBuckets;
        int distance = options.Int("RelativeMaxDistance") ?? DefaultMaxDistance;
        CheckRelative(encoding == PositionEncoding.RelativeBuckets, buckets, distance);
        if (encoding == PositionEncoding.RelativeBuckets)
        {
            return new(encoding, 0, 0, buckets, distance);
        }

        if (encoding == PositionEncoding.Learned)
        {
            CheckLearned(maximum, encoder, decoder);
        }
        else if (encoding == PositionEncoding.SinusoidInterleaved && encoder.ModelDim % 2 != 0)
        {
            Report("FW0107", "Positions", "SinusoidInterleaved with an odd ModelDim", "sines and cosines come in pairs; use an even ModelDim");
        }
        else if (encoding != PositionEncoding.SinusoidInterleaved && encoder.ModelDim % 2 != 0)
        {
            Report("FW0107", "Positions", $"{encoding} with an odd ModelDim", "half the columns are sines and half cosines; use an even ModelDim");
        }

        return new(encoding, offset, maximum, 0, 0);
    }

    public WeightTypesSpec Weights(EmbeddingSpec embedding, StackSpec encoder, StackSpec decoder)
    {
        WeightType all = Axis("Weights", WeightType.Float32);
        WeightType output = Axis("OutputWeights", all);
        WeightType table = Axis("EmbeddingWeights", embedding.TieOutput ? output : all);
        if (embedding.TieOutput && options.Has("OutputWeights") && table != output)
        {
            Report("FW0107", "OutputWeights", $"EmbeddingWeights = {table} with OutputWeights = {output}", "the output projection is tied to the embedding table, one matrix; give one of the two, or TieOutput = false");
        }

        WeightTypesSpec types = new(table, Axis("AttentionWeights", all), Axis("FeedForwardWeights", all), embedding.TieOutput ? table : output);
        int widest = new[] { encoder.ModelDim, encoder.InnerDim, encoder.FeedForwardDim, decoder.InnerDim, decoder.FeedForwardDim }.Max();
        if (widest > MostQuantizedInputs && new[] { types.Embedding, types.Attention, types.FeedForward, types.Output }.Any(static type => type >= WeightType.Int8))
        {
            Report("FW0107", "Weights", $"quantised weights with {Text(widest)} inputs", $"activations are quantised on the stack, at most {Text(MostQuantizedInputs)} of a row; use Float16 or BFloat16");
        }

        return types;
    }

    public TokenSpec Tokens(int targetVocabSize)
    {
        TokenSpec tokens = new(Id("StartToken", family.Tokens.Start), Id("EndToken", family.Tokens.End), Id("PadToken", family.Tokens.Pad), family.Tokens.MaskPad);
        if (tokens.MaskPad && tokens.End == tokens.Pad)
        {
            Report("FW0107", "EndToken", $"EndToken = PadToken = {Text(tokens.End)}", $"family {family.Name} never produces padding, so no target could end; give the two different ids");
        }

        return tokens;

        int Id(string name, int familyId)
        {
            int id = options.Int(name) ?? (familyId == FamilyTokens.LastId ? targetVocabSize - 1 : familyId);
            if (id < 0 || id >= targetVocabSize)
            {
                Report("FW0102", name, name, Text(id), $"an id of a vocabulary of {Text(targetVocabSize)} lies between 0 and {Text(targetVocabSize - 1)}");
            }

            return id;
        }
    }

    public OptionSpec Options(bool skipLocalsInit, StackSpec decoder)
    {
        bool cross = options.Bool("CrossAttention") ?? true;
        int budget = options.Int("StackBudget") ?? DefaultStackBudget;
        RecordingSpec? recording = new RecordingParser(options, diagnostics).Parse(decoder, cross);
        if (budget < 0)
        {
            Report("FW0102", "StackBudget", "StackBudget", Text(budget), "give the bytes that generated frames may take, 0 to keep all scratch in the state");
        }

        int batch = options.Int("MaxBatch") ?? 1;
        if (batch is < 1 or > LargestBatch)
        {
            Report("FW0102", "MaxBatch", "MaxBatch", Text(batch), $"between 1 and {Text(LargestBatch)} sources are decoded together");
        }

        int beams = options.Int("MaxBeams") ?? 1;
        if (beams is < 1 or > LargestBatch)
        {
            Report("FW0102", "MaxBeams", "MaxBeams", Text(beams), $"a beam search follows between 1 and {Text(LargestBatch)} hypotheses");
        }

        return new(
            cross,
            recording,
            batch,
            beams,
            Decoding(beams),
            budget,
            Budget("StateBudget", options.Int("StateBudget")),
            Budget("WeightBudget", options.Long("WeightBudget")),
            options.Bool("StackOnly") ?? false,
            EmbeddedWeights(),
            Export(),
            skipLocalsInit);
    }

    private string? EmbeddedWeights()
    {
        string? resource = options.Text("EmbeddedWeights");
        if (resource is not null && string.IsNullOrWhiteSpace(resource))
        {
            Report("FW0102", "EmbeddedWeights", "EmbeddedWeights", "empty", "give the LogicalName of the EmbeddedResource item that holds the weights, or leave it out");
        }

        return resource;
    }

    /// <summary>A number of bytes that the declaration allows itself; null where it does not say.</summary>
    private T? Budget<T>(string name, T? bytes)
        where T : struct, IComparable<T>
    {
        if (bytes is { } value && value.CompareTo(default) <= 0)
        {
            Report("FW0102", name, name, Convert.ToString(value, CultureInfo.InvariantCulture), "give the most bytes that are allowed, or leave it out for any number");
        }

        return bytes;
    }

    private string? Export()
    {
        string? prefix = options.Text("CExport");
        if (prefix is not null && ExportPrefix.Problem(prefix) is { } problem)
        {
            Report("FW0102", "CExport", "CExport", $"\"{prefix}\"", problem);
        }

        return prefix;
    }

    private DecodingFeatures Decoding(int beams)
    {
        int value = options.Int("Decoding") ?? (int)DecodingFeatures.All;
        var features = (DecodingFeatures)value;
        if ((features & ~DecodingFeatures.All) != 0)
        {
            Report("FW0107", "Decoding", $"Decoding = {Text(value)}", $"it has bits that name no member of DecodingFeatures; the members are {string.Join(", ", Enum.GetNames(typeof(DecodingFeatures)))}");
            return DecodingFeatures.All;
        }

        string? needsSearch = (features & DecodingFeatures.Sampling) != 0 ? "DecodingFeatures.Sampling"
            : (features & DecodingFeatures.Alternatives) != 0 ? "DecodingFeatures.Alternatives"
            : beams > 1 ? "MaxBeams"
            : null;
        if ((features & DecodingFeatures.Search) == 0 && needsSearch is not null)
        {
            Report("FW0107", "Decoding", $"{needsSearch} without DecodingFeatures.Search", "it is done by a search; add DecodingFeatures.Search, or drop it");
        }

        return features;
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private void CheckLearned(int maximum, StackSpec encoder, StackSpec decoder)
    {
        if (!options.Has("MaxPositions"))
        {
            diagnostics.Add(new(
                "FW0003",
                new([typeName, "MaxPositions = …", "the number of learned positions, max_position_embeddings in Hugging Face's config.json"]),
                options.LocationOf("MaxPositions"),
                new([new("Option", "MaxPositions")])));
            return;
        }

        if (maximum is <= 0 or > LargestTable)
        {
            Report("FW0102", "MaxPositions", "MaxPositions", Text(maximum), $"a learned table has between 1 and {Text(LargestTable)} positions");
            return;
        }

        foreach ((string name, int length) in new[] { ("SourceLength", encoder.MaxLength), ("TargetLength", decoder.MaxLength) })
        {
            if (length > maximum)
            {
                Report("FW0106", name, name, Text(length), Text(maximum));
            }
        }
    }

    private void CheckRelative(bool isRelative, int buckets, int distance)
    {
        foreach (string name in RelativeOptions.Where(name => !isRelative && options.Has(name)))
        {
            Report("FW0107", name, $"{name} without PositionEncoding.RelativeBuckets", $"no distances are counted; say Positions = PositionEncoding.RelativeBuckets, or drop {name}");
        }

        if (isRelative && (buckets is < 4 or > 256 || buckets % 4 != 0))
        {
            Report("FW0102", "RelativeBuckets", "RelativeBuckets", Text(buckets), "give a multiple of 4 between 4 and 256: half of the encoder's buckets are for either direction, and half of those for a distance each");
        }
        else if (isRelative && (distance <= buckets / 2 || distance > LargestTable))
        {
            Report("FW0102", "RelativeMaxDistance", "RelativeMaxDistance", Text(distance), $"distances up to {Text(buckets / 2)} have buckets of their own; give more, at most {Text(LargestTable)}");
        }
    }

    private float Epsilon()
    {
        float epsilon = options.Float("NormEpsilon") ?? family.Norm.Epsilon;
        if (!(epsilon > 0) || float.IsInfinity(epsilon))
        {
            Report("FW0102", "NormEpsilon", "NormEpsilon", epsilon.ToString(CultureInfo.InvariantCulture), "ε is added to a variance: a small number such as 1e-5, never zero or negative");
        }

        return epsilon;
    }

    /// <summary>Reads an enum's option; a value outside of it can only come from a cast, and is refused.</summary>
    private TAxis Axis<TAxis>(string name, TAxis fallback)
        where TAxis : struct, Enum
    {
        if (options.Int(name) is not { } value)
        {
            return fallback;
        }

        var axis = (TAxis)Enum.ToObject(typeof(TAxis), value);
        if (Enum.IsDefined(typeof(TAxis), axis))
        {
            return axis;
        }

        Report("FW0107", name, $"{name} = {Text(value)}", $"it names no member of {typeof(TAxis).Name}; the members are {string.Join(", ", Enum.GetNames(typeof(TAxis)))}");
        return fallback;
    }

    private void Report(string id, string option, params string[] arguments) => diagnostics.Add(new(id, new(arguments), options.LocationOf(option)));
}
