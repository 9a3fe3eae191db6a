using System.CommandLine;
using System.Text.Json;
using Formwork.Benchmarks.Accuracy;
using Formwork.Benchmarks.Corpus;
using Formwork.Benchmarks.Trained;
using Formwork.Text;
using Formwork.Weights;

namespace Formwork.Benchmarks.Commands;

/// <summary><c>accuracy</c>: what each weight type, and useful mixes of them, cost against 32-bit floats.</summary>
internal static class AccuracyCommand
{
    private static readonly Option<string?> Words = new("--g2p")
    {
        Description = "The folder of the bart-g2p model. By default shared/models/bart-g2p, where it lies beside the repository.",
        HelpName = "folder",
    };

    private static readonly Option<bool> Table = new("--table")
    {
        Description = "Show a table on standard error too, where that is not a terminal.",
    };

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Command command = new("accuracy", "Compares the weight types of two trained models: outputs, BLEU, and logits along what 32-bit floats choose.") { Words, Table };
        CorpusOptions corpus = new();
        corpus.AddTo(command);
        command.SetAction(result => Run(corpus.Read(result), result.GetValue(Words), result.GetValue(Table)));
        return command;
    }

    private static void Run(ParallelCorpus corpus, string? words, bool table)
    {
        List<AccuracyReport> reports = [];
        try
        {
            Add(TranslationAccuracy.Measure(Path.Combine(AppContext.BaseDirectory, "model"), corpus, EnglishToFrenchModels.Model.Variants));
            if ((words ?? BesideRepository.Find("models", "bart-g2p")) is { } folder)
            {
                Add(WordAccuracy.Measure(folder, Path.Combine(AppContext.BaseDirectory, "goldens", "bart-g2p.json"), GraphemeToPhonemeModels.Model.Variants));
            }
            else
            {
                Console.Error.WriteLine("benchmarks: bart-g2p is left out: there is no shared/models/bart-g2p beside the repository; name its folder with --g2p");
            }
        }
        catch (Exception problem) when (problem is WeightLoadException or VocabularyLoadException or IOException or UnauthorizedAccessException or JsonException)
        {
            throw new UserErrorException(problem.Message, problem);
        }

        if (table || !Console.IsErrorRedirected)
        {
            AccuracyTable.Write(reports);
        }

        void Add(IReadOnlyList<AccuracyReport> more)
        {
            reports.AddRange(more);
            foreach (AccuracyReport report in more)
            {
                JsonOutput.Write(report);
            }
        }
    }
}
