using System.CommandLine;
using Formwork.Benchmarks.Corpus;
using Formwork.Benchmarks.Trained;

namespace Formwork.Benchmarks.Commands;

/// <summary><c>corpus</c>: real sentences through the sample's trained model, and how good the translations are.</summary>
internal static class CorpusCommand
{
    private static readonly Option<string[]> Weights = new("--weights")
    {
        Description = $"The weight types: {string.Join(", ", EnglishToFrenchModels.Model.Variants.Select(static variant => variant.Weights))}; {TrainedModel.All} is every one that is no mix.",
        HelpName = "type",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = static _ => [EnglishToFrenchModels.Model.Exact.Weights],
    };

    private static readonly Option<int> Batch = new("--batch")
    {
        Description = "Sentences handed over at once, 16 of which are decoded together; 1 for one after the other.",
        HelpName = "n",
        DefaultValueFactory = static _ => 1,
    };

    private static readonly Option<int[]> Beams = new("--beams")
    {
        Description = $"Beams to search with, 1 to {EnglishToFrenchModels.MaxBeams}; 1 for greedy decoding. Several numbers are measured in turns.",
        HelpName = "n",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = static _ => [1],
    };

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Command command = new("corpus", "Translates a corpus with the sample's model: sentences and tokens a second, and BLEU.") { Weights, Batch, Beams };
        ThreadsOption threads = new("Threads that one sentence is computed on.");
        threads.AddTo(command);
        CorpusOptions corpus = new();
        corpus.AddTo(command);
        command.SetAction(result => Run(EnglishToFrenchModels.Model.Find(result.GetRequiredValue(Weights)), threads.Read(result), BatchOf(result), BeamsOf(result), corpus.Read(result)));
        return command;
    }

    private static int BatchOf(ParseResult result)
    {
        int batch = result.GetValue(Batch);
        return batch >= 1 ? batch : throw new UserErrorException($"--batch {batch}: at least one sentence is handed over");
    }

    private static int[] BeamsOf(ParseResult result)
    {
        int[] beams = result.GetRequiredValue(Beams);
        int wrong = Array.FindIndex(beams, static count => count is < 1 or > EnglishToFrenchModels.MaxBeams);
        return wrong < 0 ? beams : throw new UserErrorException($"--beams {beams[wrong]}: between 1 and {EnglishToFrenchModels.MaxBeams} are followed");
    }

    private static void Run(IReadOnlyList<ModelVariant> variants, int threads, int batch, int[] beams, ParallelCorpus corpus)
    {
        CorpusTranslator[] translators = [];
        try
        {
            translators = [.. variants.SelectMany(variant => beams.Select(count => new CorpusTranslator(variant, threads, count)))];
            string[][] translations = CorpusRun.Translate(translators, corpus.English, batch);
            for (int turn = 0; turn < translators.Length; turn++)
            {
                JsonOutput.Write(CorpusReport.Of(translators[turn], threads, batch, translations[turn], corpus.French));
            }
        }
        finally
        {
            foreach (CorpusTranslator translator in translators)
            {
                translator.Dispose();
            }
        }
    }
}
