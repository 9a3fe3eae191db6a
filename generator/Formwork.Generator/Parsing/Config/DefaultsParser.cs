using System.Globalization;
using Formwork.Generator.Diagnostics;
using Formwork.Generator.Model;
using Formwork.Generator.Parsing.Json;

namespace Formwork.Generator.Parsing.Config;

/// <summary>
/// Turns the arguments of <c>generate</c> that a checkpoint's files set into generated default options, with the meaning that they have there:
/// <c>max_length</c> counts the start token, <c>top_k</c> is 50 unless told otherwise. What cannot be followed is named in FW0108.
/// </summary>
internal sealed class DefaultsParser
{
    /// <summary>What <c>generate</c> draws from where nothing else is said.</summary>
    private const int DefaultTopK = 50;

    private readonly ConfigSource _source;
    private readonly TransformerSpec _spec;
    private readonly Declaration _declaration;
    private readonly List<DiagnosticInfo> _diagnostics;
    private readonly ArgumentReader _arguments;
    private readonly DefaultsBuilder _defaults = new();

    /// <summary>Prepares to read.</summary>
    /// <param name="source">The files.</param>
    /// <param name="spec">The model.</param>
    /// <param name="declaration">The declaration.</param>
    /// <param name="diagnostics">Receives FW0107 for what cannot be meant, FW0108 for what is set.</param>
    public DefaultsParser(ConfigSource source, TransformerSpec spec, Declaration declaration, List<DiagnosticInfo> diagnostics)
    {
        (_source, _spec, _declaration, _diagnostics) = (source, spec, declaration, diagnostics);
        _arguments = new(source.Decoding, declaration.IgnoredConfigFields, spec.TargetVocabSize, diagnostics);
    }

    /// <summary>Reads the arguments; null where the declaration has no search that could follow them.</summary>
    public DefaultsSpec? Parse()
    {
        bool isSampling = Search();
        Lengths();
        Rules();
        ForcedTokens();
        Renormalization(isSampling);
        bool hasSearch = _spec.Options.Has(DecodingFeatures.Search);
        string[] told = [.. DefaultsMessage.Parts(_source, _arguments, hasSearch ? _defaults : null)];
        if (told.Length > 0)
        {
            string use = hasSearch
                ? "which DefaultOptions has and Generate follows where it is given them; Generate(source, target) is greedy and takes none"
                : "and no DefaultOptions is generated: Decoding lacks DecodingFeatures.Search";
            _diagnostics.Add(new("FW0108", new([_source.Decoding.Name, use, string.Join(", ", told)]), _declaration.ConfigLocation));
        }

        return hasSearch ? new(_source.Decoding.Name, new(_defaults.Options)) : null;
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Text(float value) => value.ToString("R", CultureInfo.InvariantCulture) + "f";

    private static string Text(IEnumerable<int> ids) => $"[{string.Join(", ", ids.Select(Text))}]";

    private static bool IsAbove0(float value) => value > 0;

    /// <summary>Beams and drawing, which exclude each other here; whether tokens are drawn.</summary>
    private bool Search()
    {
        int beams = _arguments.Number("num_beams", least: 1) ?? 1;
        int count = _arguments.Number("num_return_sequences", least: 1) ?? 1;
        bool isAsked = _arguments.Flag("do_sample");
        bool isSampling = isAsked && beams == 1 && _spec.Options.Has(DecodingFeatures.Sampling);
        if (isAsked && !isSampling)
        {
            _defaults.Note("do_sample", beams > 1 ? $"left out: beams are not drawn, and num_beams = {Text(beams)}" : "left out: Decoding lacks DecodingFeatures.Sampling");
        }

        if (count > beams && !isAsked)
        {
            _arguments.Refuse("num_return_sequences", $"a search of num_beams = {Text(beams)} finds at most as many");
            count = beams;
        }

        int followed = Math.Min(beams, _spec.Options.MaxBeams);
        _defaults.Set("Beams", Text(followed), "num_beams", followed != 1);
        if (followed < beams)
        {
            _defaults.Note("num_beams", $"Beams = {Text(followed)}; for more write MaxBeams = {Text(Math.Min(beams, AxisParser.LargestBatch))} in the attribute");
        }

        int returned = isSampling ? count : Math.Min(count, followed);
        _defaults.Set("NBest", Text(returned), "num_return_sequences", returned != 1);
        if (returned < count)
        {
            _defaults.Note("num_return_sequences", $"NBest = {Text(returned)}, as many as there are beams");
        }

        float penalty = _arguments.Fraction("length_penalty", static _ => true, "a finite number") ?? 1;
        _defaults.Set("LengthPenalty", Text(penalty), "length_penalty", penalty != 1);
        Stopping(isSampling);
        Drawing(isSampling);
        return isSampling;
    }

    private void Stopping(bool isSampling)
    {
        if (_arguments.Find("early_stopping") is not { } value)
        {
            return;
        }

        string? mode = value switch
        {
            { Kind: JsonKind.False } => "Heuristic",
            { Kind: JsonKind.True } => "Immediate",
            { Kind: JsonKind.String, Text: "never" } => "Never",
            _ => null,
        };
        if (mode is null)
        {
            _arguments.Refuse("early_stopping", "true, false or \"never\" was expected");
        }
        else if (isSampling)
        {
            _defaults.Note("early_stopping", "means nothing where tokens are drawn");
        }
        else
        {
            _defaults.Set("EarlyStopping", $"generation::EarlyStopping.{mode}", "early_stopping", mode != "Heuristic");
        }
    }

    private void Drawing(bool isSampling)
    {
        float temperature = _arguments.Fraction("temperature", value => value > 0 || (value == 0 && !isSampling), "a finite number above 0") ?? 1;
        int topK = _arguments.Number("top_k", least: 0) ?? DefaultTopK;
        float topP = _arguments.Fraction("top_p", static value => value is > 0 and <= 1, "a probability above 0 and at most 1") ?? 1;
        float minP = _arguments.Fraction("min_p", static value => value is >= 0 and <= 1, "a share from 0 to 1") ?? 0;
        if (!isSampling)
        {
            foreach (string name in new[] { "temperature", "top_k", "top_p", "min_p" })
            {
                _defaults.Note(name, "means nothing where nothing is drawn");
            }

            return;
        }

        _defaults.Set("Sample", "true", "do_sample", isWritten: true);
        _defaults.Set("Temperature", Text(temperature), "temperature", temperature != 1);
        _defaults.Set("TopK", Text(topK), "top_k", topK != 0);
        _defaults.Set("TopP", Text(topP), "top_p", topP != 1);
        _defaults.Set("MinP", Text(minP), "min_p", minP != 0);
    }

    /// <summary>Both lengths count the start token, unless they are those of new tokens, which come first.</summary>
    private void Lengths()
    {
        int room = _spec.Decoder.MaxLength;
        int? longest = New("max_new_tokens", "max_length", leastNew: 1, leastTotal: 2, out string maximum);
        if (longest is { } most)
        {
            _defaults.Set("MaxLength", Text(Math.Min(most, room)), maximum, most < room);
            if (most > room)
            {
                bool isTrained = _spec.Positions.Encoding != PositionEncoding.Learned || most <= _spec.Positions.MaxPositions;
                _defaults.Note(maximum, $"MaxLength = {Text(room)}, all the room there is{(isTrained ? $"; for more write TargetLength = {Text(most)} in the attribute" : string.Empty)}");
            }
        }

        int limit = Math.Min(longest ?? room, room);
        int shortest = New("min_new_tokens", "min_length", leastNew: 0, leastTotal: 0, out string minimum) ?? 0;
        _defaults.Set("MinLength", Text(Math.Min(shortest, limit)), minimum, shortest > 0);
        if (shortest > limit)
        {
            _defaults.Note(minimum, $"MinLength = {Text(limit)}, the greatest length");
        }
    }

    /// <summary>Ids behind the start token, and the field that says how many.</summary>
    private int? New(string ofNew, string ofAll, int leastNew, int leastTotal, out string field)
    {
        int? total = _arguments.Number(ofAll, leastTotal);
        int? added = _arguments.Number(ofNew, leastNew);
        field = added is null ? ofAll : ofNew;
        if (added is not null)
        {
            _defaults.Note(ofAll, $"passed over beside {ofNew}");
        }

        return added ?? (total is { } all ? Math.Max(all - 1, 0) : null);
    }

    private void Rules()
    {
        float repetition = _arguments.Fraction("repetition_penalty", IsAbove0, "a finite number above 0") ?? 1;
        _defaults.Set("RepetitionPenalty", Text(repetition), "repetition_penalty", repetition != 1);
        int ngram = _arguments.Number("no_repeat_ngram_size", least: 0) ?? 0;
        _defaults.Set("NoRepeatNgram", Text(ngram), "no_repeat_ngram_size", ngram != 0);
        int[] suppressed = _arguments.Ids("suppress_tokens");
        _defaults.Set("SuppressedTokens", Text(suppressed), "suppress_tokens", suppressed.Length > 0);
        int[] atStart = _arguments.Ids("begin_suppress_tokens");
        _defaults.Set("SuppressedAtStart", Text(atStart), "begin_suppress_tokens", atStart.Length > 0);

        // Padding is masked anyhow where the family never produces it, and generate passes over the end token alone.
        int[][] words = _arguments.Sequences("bad_words_ids");
        int[][] sequences = [.. words.Where(word => !IsOnly(word, _spec.Tokens.End) && !(_spec.Tokens.MaskPad && IsOnly(word, _spec.Tokens.Pad)))];
        _defaults.Set("SuppressedSequences", $"[{string.Join(", ", sequences.Select(Text))}]", "bad_words_ids", sequences.Length > 0);
        if (words.Any(word => IsOnly(word, _spec.Tokens.End)))
        {
            _defaults.Note("bad_words_ids", $"{(sequences.Length > 0 ? "SuppressedSequences" : "nothing")}; generate passes over the end token alone");
        }
        else if (words.Length > 0 && sequences.Length == 0)
        {
            _defaults.Note("bad_words_ids", null);
        }

        static bool IsOnly(int[] word, int token) => word.Length == 1 && word[0] == token;
    }

    private void ForcedTokens()
    {
        int? start = _arguments.Id("forced_bos_token_id");
        Forced("ForcedStart", start, "forced_bos_token_id");
        OldForcedStart(start);
        if (_arguments.Find("forced_eos_token_id") is { Kind: JsonKind.Array, Items.Count: > 1 })
        {
            _ = _arguments.Ids("forced_eos_token_id");
            _defaults.Note("forced_eos_token_id", "left out: one id alone can be forced");
        }
        else
        {
            Forced("ForcedEnd", _arguments.Id("forced_eos_token_id"), "forced_eos_token_id");
        }
    }

    /// <summary>What BART's first files say in place of <c>forced_bos_token_id</c>; only its class reads it.</summary>
    private void OldForcedStart(int? start)
    {
        const string Field = "force_bos_token_to_be_generated";
        if (_source.Generation is { } generation)
        {
            _defaults.Note(Field, $"passed over beside {generation.Name}");
            return;
        }

        bool isForced = _arguments.Flag(Field);
        if (_source.Schema.ModelType != "bart" || start is not null)
        {
            _defaults.Note(Field, start is null ? "passed over, as Hugging Face's class does" : "passed over beside forced_bos_token_id");
        }
        else if (isForced)
        {
            Forced("ForcedStart", _source.Config.Find("bos_token_id") is null ? 0 : _arguments.Id("bos_token_id"), Field);
        }
    }

    private void Forced(string option, int? token, string field)
    {
        if (token is not { } id)
        {
            return;
        }

        if (_spec.Tokens.MaskPad && id == _spec.Tokens.Pad)
        {
            _arguments.Refuse(field, $"it is the padding, which family {_spec.Family} never produces");
        }
        else if (_defaults.Has("SuppressedTokens") && _arguments.Ids("suppress_tokens").Contains(id))
        {
            _arguments.Refuse(field, "suppress_tokens holds it too");
        }
        else
        {
            _defaults.Set(option, Text(id), field, isWritten: true);
        }
    }

    /// <summary>Sums change only where rules take probability from several beams: one beam's choice does not, nor what is drawn; forced tokens are certain either way.</summary>
    private void Renormalization(bool isSampling)
    {
        string[] rules = ["MinLength", "RepetitionPenalty", "NoRepeatNgram", "SuppressedTokens", "SuppressedAtStart", "SuppressedSequences"];
        bool isAsked = _arguments.Flag("renormalize_logits");
        _defaults.Note("renormalize_logits", isAsked && !isSampling && _defaults.Has("Beams") && rules.Any(_defaults.Has) ? DefaultsBuilder.None : null);
    }
}
