using System.CommandLine;
using Formwork.Benchmarks.Corpus;

namespace Formwork.Benchmarks.Commands;

/// <summary><c>corpus</c>: real sentences through the sample's trained model, and how good the translations are.</summary>
internal static class CorpusCommand
{
    private static readonly Option<string?> Source = new("--source")
    {
        Description = "English sentences, one a line, plain or .gz. By default Multi30k's test_2016_flickr, where it lies beside the repository.",
        HelpName = "file",
    };

    private static readonly Option<string?> Reference = new("--reference")
    {
        Description = "Their French translations, one a line.",
        HelpName = "file",
    };

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Command command = new("corpus", "Translates a corpus with the sample's model: sentences and tokens a second, and BLEU.") { Source, Reference };
        command.SetAction(static result => Run(result.GetValue(Source), result.GetValue(Reference)));
        return command;
    }

    private static void Run(string? source, string? reference)
    {
        if (source is null != reference is null)
        {
            throw new UserErrorException("--source and --reference go together");
        }

        string[] english = CorpusFile.Read(source ?? CorpusFile.Beside("test_2016_flickr.en.gz"));
        string[] french = CorpusFile.Read(reference ?? CorpusFile.Beside("test_2016_flickr.fr.gz"));
        if (english.Length == 0 || english.Length != french.Length)
        {
            throw new UserErrorException($"as many references as sentences are needed, and at least one; there are {french.Length} for {english.Length}");
        }

        JsonOutput.Write(CorpusReport.Measure(english, french));
    }
}
