using System.Globalization;
using Formwork.Generator.Diagnostics;
using Formwork.Generator.Model;

namespace Formwork.Generator.Parsing;

/// <summary>Reads the sizes of both stacks and checks each on its own.</summary>
internal sealed class ShapeParser(string typeName, string family, AttributeOptions options, List<DiagnosticInfo> diagnostics)
{
    /// <summary>Dimensions beyond this overflow the arithmetic of any real model.</summary>
    private const int LargestDimension = 1 << 24;

    /// <summary>Text grows with every layer; no published model comes near this.</summary>
    private const int MostLayers = 1024;

    /// <summary>Reads one stack.</summary>
    /// <param name="stack"><c>Encoder</c> or <c>Decoder</c>.</param>
    /// <param name="lengthName">The option that holds its longest sequence.</param>
    /// <returns>The sizes, or null where one is missing or wrong.</returns>
    public StackSpec? Stack(string stack, string lengthName)
    {
        int? layers = Size(stack + "Layers", "the number of layers", largest: MostLayers);
        int? width = Size("ModelDim", "the width of the residual stream", stack + "ModelDim");
        int? heads = Size("Heads", "the number of attention heads", stack + "Heads");
        int? feedForward = Size("FeedForwardDim", "the inner width of the feed-forward", stack + "FeedForwardDim");
        int? length = Size(lengthName, "the most tokens of a sequence");
        int? headDim = options.Has("HeadDim") ? Size("HeadDim", "the width of a head") : null;
        if (layers is null || width is null || heads is null || feedForward is null || length is null || (options.Has("HeadDim") && headDim is null))
        {
            return null;
        }

        if (headDim is null && width % heads != 0)
        {
            string name = options.Has(stack + "Heads") ? stack + "Heads" : "Heads";
            string[] nearest = Nearest(width.Value, heads.Value);
            DiagnosticInfo told = new(
                "FW0101",
                new([name, Text(heads.Value), Text(width.Value), string.Join(" and ", nearest)]),
                options.LocationOf(name),
                new([new("Heads", string.Join(",", nearest)), new("HeadDim", Text(Math.Max(1, width.Value / heads.Value)))]));

            // One message an option, although both stacks may have it.
            if (!diagnostics.Contains(told))
            {
                diagnostics.Add(told);
            }

            return null;
        }

        headDim ??= width / heads;
        if ((long)heads * headDim > LargestDimension)
        {
            Report("FW0102", "HeadDim", "Heads × HeadDim", Text((long)heads * headDim.Value), $"use at most {Text(LargestDimension)}");
            return null;
        }

        return new(layers.Value, width.Value, heads.Value, headDim.Value, feedForward.Value, length.Value);
    }

    /// <summary>Reads the two vocabularies.</summary>
    public (int Source, int Target)? Vocabularies()
    {
        int? source = Size("VocabSize", "the number of token ids", "SourceVocabSize");
        int? target = Size("VocabSize", "the number of token ids", "TargetVocabSize");
        return source is null || target is null ? null : (source.Value, target.Value);
    }

    /// <summary>Checks what only both stacks together can tell.</summary>
    public bool Check(StackSpec encoder, StackSpec decoder)
    {
        if (encoder.ModelDim != decoder.ModelDim)
        {
            Report("FW0103", options.Has("DecoderModelDim") ? "DecoderModelDim" : "EncoderModelDim", Text(encoder.ModelDim), Text(decoder.ModelDim), family);
            return false;
        }

        foreach (int headDim in new[] { encoder.HeadDim, decoder.HeadDim }.Distinct().Where(static headDim => headDim % 8 != 0))
        {
            Report("FW0104", options.Has("HeadDim") ? "HeadDim" : "Heads", Text(headDim));
        }

        return true;
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>The divisors of the width on either side of the head count.</summary>
    private static string[] Nearest(int width, int heads)
    {
        int below = Enumerable.Range(1, Math.Min(heads, width)).Last(count => width % count == 0);
        int above = heads < width ? Enumerable.Range(heads, width - heads + 1).First(count => width % count == 0) : width;
        return below == above ? [Text(below)] : [Text(below), Text(above)];
    }

    private int? Size(string name, string meaning, string? specificName = null, int largest = LargestDimension)
    {
        string used = specificName is not null && options.Has(specificName) ? specificName : name;
        if (!options.Has(used))
        {
            // One message a missing option, although both stacks ask for it.
            if (!diagnostics.Any(diagnostic => diagnostic.Id == "FW0003" && diagnostic.Arguments[1] == used + " = …"))
            {
                diagnostics.Add(new("FW0003", new([typeName, used + " = …", meaning]), options.LocationOf(used), new([new("Option", used)])));
            }

            return null;
        }

        int? value = options.Int(used);
        if (value is null or <= 0 || value > largest)
        {
            if (value is not null && !diagnostics.Any(diagnostic => diagnostic.Id == "FW0102" && diagnostic.Arguments[0] == used))
            {
                Report("FW0102", used, used, Text(value.Value), $"{meaning} must be between 1 and {Text(largest)}");
            }

            return null;
        }

        return value;
    }

    private void Report(string id, string option, params string[] arguments) => diagnostics.Add(new(id, new(arguments), options.LocationOf(option)));
}
