using System.Text.Json;
using Formwork.Generation;

namespace Formwork.Generator.Tests.Families;

/// <summary>The generated <c>DefaultOptions</c> find what Hugging Face's <c>generate</c> finds by default with the same two files, in double precision.</summary>
public class DefaultOptionsTests
{
    public static TheoryData<string> Names => new(FamilyCase.OfDefaults().Select(static item => item.Record.GetProperty("name").GetString()!));

    [Theory]
    [MemberData(nameof(Names))]
    public void Ids_sums_and_scores_are_those_of_generate(string name)
    {
        FamilyCase item = FamilyCase.OfDefaults().Single(item => item.Record.GetProperty("name").GetString() == name);
        using var models = new FamilyModels([item]);
        int[][] sources = [.. item.Record.GetProperty("sources").EnumerateArray().Select(Ids)];
        JsonElement[] best = [.. item.Record.GetProperty("best").EnumerateArray()];
        JsonElement[] plain = [.. item.Record.GetProperty("plain").EnumerateArray()];
        Assert.Equal(3, sources.Length);
        for (int i = 0; i < sources.Length; i++)
        {
            ScoredTarget[] found = models.SearchByDefault(item, sources[i]);
            JsonElement[] expected = [.. best[i].EnumerateArray()];
            Assert.Equal(expected.Select(static target => Ids(target.GetProperty("ids"))), found.Select(static target => target.Tokens));
            foreach ((JsonElement target, ScoredTarget own) in expected.Zip(found))
            {
                Assert.Equal(target.GetProperty("sum").GetDouble(), own.Sum, 1e-3);
                Assert.Equal(target.GetProperty("score").GetDouble(), own.Score, 1e-4);
            }

            // The plain greedy call takes none of it.
            Assert.Equal(Ids(plain[i]), models.Generate(item, sources[i], limit: 16));
        }
    }

    private static int[] Ids(JsonElement ids) => [.. ids.EnumerateArray().Select(static id => id.GetInt32())];
}
