using System.Globalization;
using Formwork.Generator.Diagnostics;
using Formwork.Generator.Model;

namespace Formwork.Generator.Parsing;

/// <summary>Reads which cross-attention weights the state keeps.</summary>
internal sealed class RecordingParser(AttributeOptions options, List<DiagnosticInfo> diagnostics)
{
    private const string Record = "RecordCrossAttention";

    /// <summary>Reads the choice, or returns null where nothing is recorded.</summary>
    /// <param name="decoder">The stack whose layers and heads are chosen from.</param>
    /// <param name="cross">Whether it has cross-attention.</param>
    public RecordingSpec? Parse(StackSpec decoder, bool cross)
    {
        bool record = options.Bool(Record) ?? false;
        if (record && !cross)
        {
            Report("FW0107", Record, "RecordCrossAttention without CrossAttention", "there are no cross-attention weights to record; drop one of the two");
        }

        int[] layers = Chosen("RecordLayers", record, decoder.Layers, "decoder layer");
        int[] heads = Chosen("RecordHeads", record, decoder.Heads, "decoder head");
        return record ? new(new(layers), new(heads)) : null;
    }

    /// <summary>The chosen numbers, ascending; all where the option is left out or wrong.</summary>
    private int[] Chosen(string option, bool record, int count, string what)
    {
        int[] all = [.. Enumerable.Range(0, count)];
        if (!options.Has(option))
        {
            return all;
        }

        if (!record)
        {
            Report("FW0107", option, $"{option} without RecordCrossAttention", $"nothing is recorded; say RecordCrossAttention = true, or drop {option}");
            return all;
        }

        if (options.Ints(option) is not { } chosen)
        {
            // The compiler reports an array that is not one of numbers.
            return all;
        }

        if (chosen.Count == 0)
        {
            Report("FW0107", option, $"an empty {option}", $"nothing would be recorded; leave it out to record every {what}, or drop RecordCrossAttention");
            return all;
        }

        int[] outside = [.. chosen.Where(number => number < 0 || number >= count)];
        if (outside.Length > 0)
        {
            Report("FW0102", option, option, string.Join(", ", outside.Select(Text)), $"a {what} lies between 0 and {Text(count - 1)}");
            return all;
        }

        if (chosen.GroupBy(static number => number).FirstOrDefault(static group => group.Count() > 1) is { } twice)
        {
            Report("FW0107", option, $"{option} with {Text(twice.Key)} more than once", $"a {what} is recorded once; give each number once");
            return all;
        }

        return [.. chosen.OrderBy(static number => number)];
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private void Report(string id, string option, params string[] arguments) => diagnostics.Add(new(id, new(arguments), options.LocationOf(option)));
}
