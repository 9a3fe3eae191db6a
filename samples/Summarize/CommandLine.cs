using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Globalization;
using Summarize.Models;
using Translate;

namespace Summarize;

/// <summary>The options, their help, and the check that they make sense together.</summary>
internal sealed class CommandLine
{
    private const int UsualWidth = 80;

    private const string Description =
        """
        Summarises a text with a BART or T5 model of your own.

        The text comes from a file or from standard input, in UTF-8. Unless an option
        says otherwise, the summary is searched for as the model's own files recommend.

        The program is compiled for the sizes of two config.json files; README.md says
        how to put those of your model in their place.

        Examples:
          summarize --model bart-large-cnn article.txt
          summarize --model t5-small --stream < article.txt
        """;

    private readonly Argument<string?> _file = new("file")
    {
        Description = "The text to summarise; without it standard input is read.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _model = new("--model")
    {
        Description = "The model's directory: config.json, model.safetensors (or its shards, or model.fw), and the tokeniser's files.",
        HelpName = "directory",
    };

    private readonly Option<string?> _prefix = new("--prefix")
    {
        Description = "What is put before the text. By default \"summarize: \" for a T5, which was trained with it, and nothing for a BART.",
        HelpName = "text",
    };

    private readonly Option<int?> _beams = Number("--beams", "n", $"Follow the n most probable summaries side by side, 1 to {BartSummarizer.MostBeams}.", 1, BartSummarizer.MostBeams);

    private readonly Option<int?> _maxLength = Number("--max-length", "n", "The most tokens of a summary.", 1, BartSummarizer.TargetLength);

    private readonly Option<int?> _threads = Number("--threads", "n", "Threads to work with, the first one included. By default one.", 1, 256);

    private readonly Option<bool> _stream = new("--stream")
    {
        Description = "Print the summary while it is being written. One summary is followed then, without beams.",
    };

    private readonly Command _command;

    public CommandLine(Func<Settings, int> run)
    {
        _command = new Command("summarize", Description) { _file };
        foreach (Option option in new Option[] { _model, _stream, _beams, _maxLength, _prefix, _threads, new HelpOption { Action = WrappedHelp() }, new VersionOption() })
        {
            _command.Add(option);
        }

        _command.SetAction(result => run(Read(result)));
    }

    /// <summary>Parses and runs.</summary>
    /// <exception cref="UserErrorException">The arguments make no sense.</exception>
    public int Invoke(string[] arguments)
    {
        ParseResult result = _command.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });
        if (result.Errors.Count > 0)
        {
            throw new UserErrorException($"{result.Errors[0].Message.TrimEnd('.')}; --help lists the options");
        }

        return result.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
    }

    // A terminal tells its width. Without one each option would be a single line, however long.
    private static HelpAction WrappedHelp() => Console.IsOutputRedirected ? new HelpAction { MaxWidth = UsualWidth } : new HelpAction();

    private Settings Read(ParseResult result)
    {
        string? file = result.GetValue(_file);
        if (file is ['-', _, ..])
        {
            throw new UserErrorException($"there is no option '{file}'; --help lists the options");
        }

        var settings = new Settings
        {
            Model = result.GetValue(_model) ?? throw new UserErrorException("--model is missing: it names the model's directory; --help lists the options"),
            File = file,
            Prefix = result.GetValue(_prefix),
            Beams = result.GetValue(_beams),
            MaxLength = result.GetValue(_maxLength),
            Stream = result.GetValue(_stream),
            Threads = result.GetValue(_threads) ?? 1,
        };
        if (settings is { Stream: true, Beams: > 1 })
        {
            throw new UserErrorException("--stream prints words that stay and --beams may change its mind about them; leave one of them out");
        }

        return settings;
    }

    // The parser's own conversion would follow the machine's language, and name .NET types in its errors.
    private static Option<int?> Number(string name, string helpName, string description, int least, int most) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result => Parse(result, name, least, most),
    };

    private static int? Parse(ArgumentResult result, string name, int least, int most)
    {
        string text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most)
        {
            return value;
        }

        result.AddError($"{name} {text}: it is a number from {least} to {most}");
        return null;
    }
}
