using System.CommandLine;
using Formwork.Benchmarks.Corpus;

namespace Formwork.Benchmarks.Commands;

/// <summary><c>--source</c> and <c>--reference</c>: the sentences, and how people translated them.</summary>
internal sealed class CorpusOptions
{
    private readonly Option<string?> _source = new("--source")
    {
        Description = "English sentences, one a line, plain or .gz. By default Multi30k's test_2016_flickr, where it lies beside the repository.",
        HelpName = "file",
    };

    private readonly Option<string?> _reference = new("--reference")
    {
        Description = "Their French translations, one a line.",
        HelpName = "file",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_source);
        command.Add(_reference);
    }

    /// <summary>Reads the corpus.</summary>
    /// <exception cref="UserErrorException">It is not there, or sentences and references do not match.</exception>
    public ParallelCorpus Read(ParseResult result)
    {
        string? source = result.GetValue(_source);
        string? reference = result.GetValue(_reference);
        if (source is null != reference is null)
        {
            throw new UserErrorException("--source and --reference go together");
        }

        string[] english = CorpusFile.Read(source ?? CorpusFile.Beside("test_2016_flickr.en.gz"));
        string[] french = CorpusFile.Read(reference ?? CorpusFile.Beside("test_2016_flickr.fr.gz"));
        return english.Length > 0 && english.Length == french.Length
            ? new(english, french)
            : throw new UserErrorException($"as many references as sentences are needed, and at least one; there are {french.Length} for {english.Length}");
    }
}
