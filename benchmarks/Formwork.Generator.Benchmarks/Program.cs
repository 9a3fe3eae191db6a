using System.Text.Encodings.Web;
using System.Text.Json;
using Formwork.Generator.Benchmarks;

// Without arguments: everything, one line of JSON each. ColdRuns starts this program again with its own argument.
if (args is [ColdRuns.Argument])
{
    Console.WriteLine(ColdRuns.Once());
    return 0;
}

if (args.Length > 0)
{
    Console.Error.WriteLine("generator benchmarks: no arguments are taken");
    return 1;
}

// Read by people too: no \u002B for a plus sign.
JsonSerializerOptions options = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
foreach (Func<BuildReport[]> measure in new[] { ColdRuns.Measure, UnrelatedEdits.Measure, Rebuilds.Measure })
{
    foreach (BuildReport report in measure())
    {
        Console.WriteLine(JsonSerializer.Serialize(report, options));
    }
}

return 0;
