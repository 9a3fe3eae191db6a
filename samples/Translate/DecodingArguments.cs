using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using Translate.Sentences;

namespace Translate;

/// <summary>The options that say how translations are searched for.</summary>
internal sealed class DecodingArguments
{
    private const int MostSamples = 1000;
    private const int MostAlternatives = 100;

    private readonly Option<int?> _beams = Number<int>(
        "--beam", "n", $"Follow the n most probable hypotheses side by side, 1 to {EnglishToFrench.MaxBeams} (beam search). By default one (greedy search).",
        n => n is >= 1 and <= EnglishToFrench.MaxBeams, $"the model is built for 1 to {EnglishToFrench.MaxBeams} hypotheses");

    private readonly Option<int?> _nBest = Number<int>(
        "--n-best", "n", "List the n best translations found, at most as many as --beam, or n samples with --sample.",
        n => n is >= 1 and <= MostSamples, $"it is a number from 1 to {MostSamples}");

    private readonly Option<bool> _scores = new("--scores")
    {
        Description = "Print beside each translation its score, which is the mean log-probability of its pieces, and the sum.",
    };

    private readonly Option<int?> _alternatives = Number<int>(
        "--alternatives", "n", "List the n most probable ways to begin, or to go on after --prefix, each completed to a sentence, with its probability.",
        n => n is >= 1 and <= MostAlternatives, $"it is a number from 1 to {MostAlternatives}");

    private readonly Option<string?> _prefix = new("--prefix")
    {
        Description = "Begin each translation with this text. Its last word may grow, as hom into homme, unless a space follows it.",
        HelpName = "text",
    };

    private readonly Option<string[]> _phrases = new("--force")
    {
        Description = "Make this phrase appear in each translation, from the beginning of a word; may be repeated. Works best with --beam 4 or more.",
        HelpName = "phrase",
    };

    private readonly Option<bool> _sample = new("--sample")
    {
        Description = "Draw each piece at random by its probability.",
    };

    private readonly Option<float?> _temperature = Number<float>(
        "--temperature", "t", "With --sample: below 1 for what is probable, above 1 for variety.",
        t => t > 0 && float.IsFinite(t), "it is a number above 0");

    private readonly Option<int?> _topK = Number<int>(
        "--top-k", "k", "With --sample: draw among the k most probable pieces.",
        k => k >= 1, "it is a whole number from 1");

    private readonly Option<float?> _topP = Number<float>(
        "--top-p", "p", "With --sample: draw among the fewest pieces that make up this probability.",
        p => p is > 0 and <= 1, "it is a probability above 0 and at most 1");

    private readonly Option<ulong?> _seed = Number<ulong>(
        "--seed", "s", "With --sample: the same seed gives the same text. By default another one in each run.",
        _ => true, "it is a whole number from 0");

    private readonly Option<bool> _stream = new("--stream")
    {
        Description = "Print each translation while it is being written.",
    };

    /// <summary>All of them, in the order in which help lists them.</summary>
    public IEnumerable<Option> All =>
        [_beams, _nBest, _scores, _alternatives, _prefix, _phrases, _sample, _temperature, _topK, _topP, _seed, _stream];

    public DecodingSettings Read(ParseResult result) => new()
    {
        Beams = result.GetValue(_beams),
        NBest = result.GetValue(_nBest),
        Scores = result.GetValue(_scores),
        Alternatives = result.GetValue(_alternatives),
        Prefix = result.GetValue(_prefix),
        Phrases = result.GetValue(_phrases) ?? [],
        Sample = result.GetValue(_sample),
        Temperature = result.GetValue(_temperature),
        TopK = result.GetValue(_topK),
        TopP = result.GetValue(_topP),
        Seed = result.GetValue(_seed),
        Stream = result.GetValue(_stream),
    };

    // The parser's own conversion would follow the machine's language, and name .NET types in its errors.
    private static Option<T?> Number<T>(string name, string helpName, string description, Predicate<T> isValid, string range)
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            HelpName = helpName,
            CustomParser = result => Parse(result, name, isValid, range),
        };

    private static T? Parse<T>(ArgumentResult result, string name, Predicate<T> isValid, string range)
        where T : struct, INumber<T>
    {
        string text = result.Tokens[0].Value;
        if (T.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out T value) && isValid(value))
        {
            return value;
        }

        result.AddError($"{name} {text}: {range}");
        return null;
    }
}
