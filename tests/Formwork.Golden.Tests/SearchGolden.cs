using System.Text.Json;
using Formwork.Generation;

namespace Formwork.Golden.Tests;

/// <summary>
/// Searches that the references in <c>training/</c> made, compared with those of a generated model. A difference is excused where the reference
/// noted that rounding could have decided, and counted.
/// </summary>
internal sealed class SearchGolden
{
    /// <summary>Sums of log-probabilities that are closer than this may be told apart wrongly in single precision.</summary>
    private const double NearTie = 1e-4;
    private const double TokenTolerance = 2e-4;
    private const double SumTolerance = 1e-4;
    private const double Millionth = 1e-6;

    private readonly JsonElement _root;
    private readonly JsonElement[] _options;
    private readonly JsonElement[] _sources;
    private readonly List<string> _failures = [];

    public SearchGolden(string name)
    {
        _root = Golden.Read(name);
        _options = [.. _root.GetProperty("options").EnumerateArray()];
        _sources = [.. _root.GetProperty("sources").EnumerateArray()];
    }

    /// <summary>Searches that were compared, those with a near-tie included.</summary>
    public int Compared { get; private set; }

    /// <summary>Searches that differ where the reference noted a near-tie.</summary>
    public int Excused { get; private set; }

    public JsonElement[] Alternatives => [.. _root.GetProperty("alternatives").EnumerateArray()];

    /// <summary>Compares every recorded search, one after another.</summary>
    /// <param name="createSearch">Makes a search of the model.</param>
    /// <param name="generate">Searches a source's target.</param>
    public void Compare(Func<GenerationOptions, Search> createSearch, Action<int[], Search> generate)
    {
        // A search serves all sources, but for those with options of their own.
        var searches = new Search?[_options.Length];
        foreach (JsonElement source in _sources)
        {
            foreach (JsonElement result in source.GetProperty("results").EnumerateArray())
            {
                int index = result.GetProperty("o").GetInt32();
                Search search = result.TryGetProperty("own", out JsonElement own)
                    ? createSearch(SearchOptions.Read(_options[index], _root, own))
                    : searches[index] ??= createSearch(SearchOptions.Read(_options[index], _root, null));
                generate(source.Ids("source"), search);
                Compare(source, result, search.ToArray());
            }
        }

        AssertSame();
    }

    /// <summary>Compares the recorded searches whose options all sources share, all sources together.</summary>
    /// <param name="generateBatch">Searches many sources' targets.</param>
    public void CompareBatches(Func<IReadOnlyList<int[]>, GenerationOptions, ScoredTarget[][]> generateBatch)
    {
        int[][] ids = [.. _sources.Select(static source => source.Ids("source"))];
        for (int index = 0; index < _options.Length; index++)
        {
            JsonElement?[] results = [.. _sources.Select(source => Shared(source, index))];
            if (results.All(static result => result is not null))
            {
                ScoredTarget[][] found = generateBatch(ids, SearchOptions.Read(_options[index], _root, null));
                for (int source = 0; source < found.Length; source++)
                {
                    Compare(_sources[source], results[source]!.Value, found[source]);
                }
            }
        }

        AssertSame();
    }

    /// <summary>A source's result under a set of options that it shares with the others, or null.</summary>
    private static JsonElement? Shared(JsonElement source, int index)
    {
        foreach (JsonElement result in source.GetProperty("results").EnumerateArray())
        {
            if (result.GetProperty("o").GetInt32() == index && !result.TryGetProperty("own", out _))
            {
                return result;
            }
        }

        return null;
    }

    private void Compare(JsonElement source, JsonElement result, ScoredTarget[] found)
    {
        Compared++;
        JsonElement[] hypotheses = [.. source.GetProperty("hypotheses").EnumerateArray()];
        if (Difference(result, hypotheses, found) is not { } difference)
        {
            return;
        }

        if (result.GetProperty("margin") is { ValueKind: JsonValueKind.Number } margin && margin.GetDouble() < NearTie)
        {
            Excused++;
        }
        else
        {
            _failures.Add($"{_options[result.GetProperty("o").GetInt32()]} {result} of {source.GetProperty("source")}: {difference}");
        }
    }

    private void AssertSame() => Assert.True(_failures.Count == 0, $"{_failures.Count} of {Compared} searches differ.\n{string.Join('\n', _failures.Take(8))}");

    private static string? Difference(JsonElement result, JsonElement[] hypotheses, ScoredTarget[] targets)
    {
        JsonElement[] best = [.. result.GetProperty("best").EnumerateArray()];
        if (targets.Length != best.Length)
        {
            return $"{targets.Length} hypotheses instead of {best.Length}";
        }

        for (int place = 0; place < best.Length; place++)
        {
            JsonElement expected = hypotheses[best[place][0].GetInt32()];
            ScoredTarget found = targets[place];
            int[] ids = [.. expected[0].EnumerateArray().Select(static id => id.GetInt32())];
            if (!found.Tokens.SequenceEqual(ids) || found.IsEnded != (expected[2].GetInt32() == 1))
            {
                return $"hypothesis {place} is {string.Join(',', found.Tokens)} instead of {string.Join(',', ids)}";
            }

            if (!IsNear(best[place][1].GetDouble(), found.Sum, SumTolerance) || !IsNear(best[place][2].GetDouble(), found.Score, SumTolerance))
            {
                return $"hypothesis {place} has {found.Sum} and {found.Score} instead of {best[place][1]} and {best[place][2]}";
            }

            double[] logProbabilities = [.. expected[1].EnumerateArray().Select(static value => value.GetDouble() * Millionth)];
            for (int position = 0; position < ids.Length; position++)
            {
                if (!IsNear(logProbabilities[position], found.LogProbabilities[position], TokenTolerance))
                {
                    return $"id {position} of hypothesis {place} adds {found.LogProbabilities[position]} instead of {logProbabilities[position]}";
                }
            }
        }

        return null;
    }

    private static bool IsNear(double expected, double found, double tolerance) => Math.Abs(expected - found) <= tolerance * Math.Max(1, Math.Abs(expected));
}
