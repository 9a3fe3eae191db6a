using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Globalization;
using Translate.Sentences;

namespace Translate;

/// <summary>The options, their help, and the check that they make sense together.</summary>
internal sealed class CommandLine
{
    private const int UsualWidth = 80;

    private const string Description =
        """
        Translates English to French with a small transformer.

        Sentences come from the arguments, or one a line from standard input. In a
        terminal, without arguments, they are asked for. The model learnt from
        captions of photographs, so those are what it translates best.

        A text of more than 127 pieces is translated sentence by sentence, and a
        sentence of more than 127 pieces in parts; the parts are joined by a space,
        and a note on standard error says so.

        In pipes and files --scores adds to each line a tab, the score, a tab and the
        sum. The lists of --n-best and --alternatives have the format of Moses' lists:
        the number of the text, from 0, a translation, and its score or probability.
          0 ||| Un chat est assis sur un tapis. ||| -0.0651
        Here --scores puts the sum before the score, as LogProbability= -0.5858. An
        empty text has one empty translation.

        The score of a text in parts is the mean of its parts' scores. --n-best lists
        the best combinations of the parts' translations, and --prefix begins the
        first part; --alternatives and --force refuse such texts.

        Examples:
          translate "A cat sits on a mat."
          translate --beam 4 --n-best 3 "A cat sits on a mat."
          translate --alternatives 5 --prefix "Un chat" "A cat sits on a mat."
          translate --show-attention "A cat sits on a mat."
          translate < english.txt > french.txt
        """;

    private readonly Argument<string[]> _sentences = new("sentence")
    {
        Description = "What to translate; one line of French is printed for each.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<bool> _showAttention = new("--show-attention")
    {
        Description = "Draw which English words the decoder looked at while it wrote each French word (cross-attention, mean of the heads).",
    };

    private readonly Option<string?> _attentionSvg = new("--attention-svg")
    {
        Description = "Write the same as a picture. Needs the sentences as arguments.",
        HelpName = "file",
    };

    private readonly Option<bool> _align = new("--align")
    {
        Description = "Print under each translation which words belong together: pairs of an English and a French word, counted from 0 and separated by spaces (Pharaoh format).",
    };

    private readonly Option<int?> _layer = new("--layer")
    {
        Description = $"The decoder layer to draw or to align by, 1 to {EnglishToFrench.DecoderLayers}. By default the one whose map tells most about each text is drawn: the highest mutual information between French and English words; words are aligned by the last.",
        HelpName = "n",
        CustomParser = ParseLayer,
    };

    private readonly Option<bool> _withoutCrossAttention = new("--without-cross-attention")
    {
        Description = "Run the same weights with cross-attention cut out of the decoder: the output then has nothing to do with the input.",
    };

    private readonly Option<bool> _time = new("--time")
    {
        Description = "Report time and allocations on standard error, measured after a warm-up.",
    };

    private readonly Option<string?> _model = new("--model")
    {
        Description = "The folder with model.safetensors and sentencepiece.model. By default the folder 'model' beside the program.",
        HelpName = "folder",
    };

    // The parser takes a first argument in brackets for a directive and one that reads "translate" for the program's name. Both may be
    // sentences, so this goes before them.
    private readonly Option<bool> _first = new("--first") { Hidden = true };

    private readonly DecodingArguments _decoding = new();
    private readonly Command _command;

    public CommandLine(Func<Settings, int> run)
    {
        _command = new Command("translate", Description) { _sentences };
        IEnumerable<Option> options =
        [
            .. _decoding.All,
            _showAttention, _attentionSvg, _align, _layer, _withoutCrossAttention, _time, _model,
            _first, new HelpOption { Action = WrappedHelp() }, new VersionOption(),
        ];
        foreach (Option option in options)
        {
            _command.Add(option);
        }

        _command.SetAction(result => run(Read(result)));
    }

    // A terminal tells its width. Without one each option would be a single line, however long.
    private static HelpAction WrappedHelp() => Console.IsOutputRedirected ? new HelpAction { MaxWidth = UsualWidth } : new HelpAction();

    /// <summary>Parses and runs.</summary>
    /// <exception cref="UserErrorException">The arguments make no sense.</exception>
    public int Invoke(string[] arguments)
    {
        var parsing = new ParserConfiguration
        {
            // A sentence may begin with @, which would otherwise name a file of arguments.
            ResponseFileTokenReplacer = null,
            EnablePosixBundling = false,
        };
        bool startsWithSentence = arguments is [not ['-', ..], ..];
        ParseResult result = _command.Parse(startsWithSentence ? [_first.Name, .. arguments] : arguments, parsing);
        if (result.Errors.Count > 0)
        {
            throw new UserErrorException($"{result.Errors[0].Message.TrimEnd('.')}; --help lists the options");
        }

        return result.Invoke(new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        });
    }

    private Settings Read(ParseResult result)
    {
        RefuseUnknownOptions(result);
        var settings = new Settings
        {
            Sentences = result.GetValue(_sentences) ?? [],
            ModelFolder = result.GetValue(_model) ?? ModelFolder.Default,
            ShowAttention = result.GetValue(_showAttention),
            AttentionSvg = result.GetValue(_attentionSvg),
            Align = result.GetValue(_align),
            Layer = result.GetValue(_layer),
            WithoutCrossAttention = result.GetValue(_withoutCrossAttention),
            Time = result.GetValue(_time),
            Decoding = _decoding.Read(result),
        };
        Nonsense.Refuse(settings);
        return settings;
    }

    // Where sentences are welcome the parser takes an option that it does not know for a sentence.
    private void RefuseUnknownOptions(ParseResult result)
    {
        IEnumerable<Token> beforeDoubleDash = result.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash);
        IReadOnlyList<Token> sentences = result.GetResult(_sentences)?.Tokens ?? [];
        foreach (Token token in beforeDoubleDash)
        {
            if (LooksLikeOption(token.Value) && sentences.Any(sentence => ReferenceEquals(sentence, token)))
            {
                throw new UserErrorException($"there is no option '{token.Value}'; --help lists the options, and -- goes before a sentence that begins so");
            }
        }
    }

    private static bool LooksLikeOption(string value) =>
        value.Length > 1 && value[0] == '-' && (value[1] == '-' || char.IsAsciiLetter(value[1])) && !value.Any(char.IsWhiteSpace);

    // People count layers from 1, the model from 0.
    private static int? ParseLayer(ArgumentResult result)
    {
        string value = result.Tokens[0].Value;
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int layer) && layer is >= 1 and <= EnglishToFrench.DecoderLayers)
        {
            return layer - 1;
        }

        result.AddError($"--layer {value}: there is no such layer, the decoder has layers 1 to {EnglishToFrench.DecoderLayers}");
        return null;
    }
}
