using Formwork.Generation;
using Formwork.Text;
using Spectre.Console;
using Translate.Attention;
using Translate.Sentences;
using Translate.Streams;
using Translate.Timing;

namespace Translate.Running;

/// <summary>Everything that is loaded once, and what happens to each text: it is translated and written, its words linked and its attention drawn.</summary>
internal sealed class Session : IDisposable
{
    private readonly Settings _settings;
    private readonly ITranslationModel _model;
    private readonly PartSplitter _splitter;
    private readonly ITranslator _translator;
    private readonly AlternativesFinder? _alternatives;
    private readonly AttentionReader? _attention;
    private readonly List<AttentionMap> _maps = [];
    private readonly TextWriter _output;
    private readonly bool _draws;
    private readonly ResultWriter _results;

    public Session(Settings settings, TextWriter output, Notes notes)
    {
        _settings = settings;
        _output = output;
        _results = new ResultWriter(settings.Decoding, output);
        _draws = settings.ShowAttention || settings.AttentionSvg is not null;
        Notes = notes;
        Stopwatches = settings.Time ? new Stopwatches() : null;
        var folder = new ModelFolder(settings.ModelFolder);
        SentencePieceModel tokenizer = folder.LoadTokenizer();
        _splitter = new PartSplitter(tokenizer);
        if (settings.WithoutCrossAttention)
        {
            _model = folder.LoadModel(NoCrossAttentionModel.Load);
            _translator = new GreedyTranslator(tokenizer, _model, Stopwatches);
            return;
        }

        GenerationOptions options = SearchOptions.Of(settings.Decoding, tokenizer);
        CrossAttentionModel model = folder.LoadModel(CrossAttentionModel.Load);
        _model = model;
        _attention = settings.ReadsAttention ? new AttentionReader(model, settings.Layer) : null;
        _translator = CreateTranslator(tokenizer, model, options);
        _alternatives = settings.Decoding.Alternatives is { } count ? new AlternativesFinder(tokenizer, model, options, count) : null;
    }

    /// <summary>Remarks to the user.</summary>
    public Notes Notes { get; }

    /// <summary>What generating took, if that was asked for.</summary>
    public Stopwatches? Stopwatches { get; }

    /// <summary>The maps of the texts translated so far, kept only where a picture of them was asked for.</summary>
    public IReadOnlyList<AttentionMap> Maps => _maps;

    /// <summary>Translates a text and writes the translation as one line, or as the list that was asked for; a text without words gives an empty one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">What notes call it.</param>
    public void Translate(string text, string name)
    {
        if (_alternatives is null)
        {
            TranslateParts(Parts(text, name), name);
        }
        else
        {
            // Without words there is one way to go on: not at all.
            _results.Write(Parts(text, name).Select(_alternatives.Find).FirstOrDefault([("", 1)]));
            _output.Flush();
        }
    }

    public void Dispose() => _model.Dispose();

    private ITranslator CreateTranslator(SentencePieceModel tokenizer, CrossAttentionModel model, GenerationOptions options)
    {
        if (!_settings.Decoding.IsSearch)
        {
            return new GreedyTranslator(tokenizer, model, Stopwatches);
        }

        var searches = new TextSearches(model, options);
        return _settings.Decoding.Stream
            ? new StreamTranslator(tokenizer, model, searches, _settings.ReadsAttention, _output)
            : new SearchTranslator(tokenizer, model, searches, _settings.ReadsAttention, Stopwatches);
    }

    private IEnumerable<TextPart> Parts(string text, string name)
    {
        IEnumerable<TextPart> parts = _splitter.Split(text);
        string? option = _alternatives is not null ? "--alternatives" : _settings.Decoding.Phrases.Count > 0 ? "--force" : null;
        if (option is null)
        {
            return parts;
        }

        TextPart[] known = [.. parts.Take(2)];
        return known.Length < 2 ? known : throw new UserErrorException(
            $"{name} has more than {PartSplitter.MaxPieces} pieces and is translated in parts, of which {option} cannot know the right one; shorten the text or leave out {option}");
    }

    private void TranslateParts(IEnumerable<TextPart> parts, string name)
    {
        var whole = new WholeText(_settings.Decoding.NBest ?? 1, _settings.Decoding.Sample);
        var maps = new List<AttentionMap>();
        TextLinks? links = _settings.Align && _attention is not null ? new TextLinks(_attention, _settings.Layer) : null;
        int count = 0;
        using (_settings.Decoding.Stream && !Console.IsOutputRedirected ? Interruption.EndsLine() : null)
        {
            foreach (TextPart part in parts)
            {
                IReadOnlyList<Translation> translations = _translator.Translate(part, isFirst: count == 0);
                count++;
                whole.Add(translations);
                maps.AddRange(_draws && _attention!.Read(part, translations[0]) is { } map ? [map] : []);
                links?.Add(part, translations[0]);
            }
        }

        _results.Write(whole);
        if (links is not null)
        {
            _output.WriteLine(links);
        }

        Draw(maps);
        _output.Flush();
        Remark(name, count, whole.ReachedEnd);
    }

    private void Draw(List<AttentionMap> maps)
    {
        if (_settings.ShowAttention)
        {
            IAnsiConsole console = StandardOutput.OpenConsole(_output);
            foreach (AttentionMap map in maps)
            {
                _output.WriteLine();
                console.Write(new TerminalHeatMap(map));
                _output.WriteLine();
                console.Write(TerminalLegend.Of(map, EnglishToFrench.DecoderLayers, chosen: _settings.Layer is null));
            }
        }

        if (_settings.AttentionSvg is not null)
        {
            _maps.AddRange(maps);
        }
    }

    private void Remark(string name, int parts, bool reachedEnd)
    {
        if (parts > 1)
        {
            Notes.Add($"{name} has more than {PartSplitter.MaxPieces} pieces; it was translated in {parts} parts.");
        }

        // Without cross-attention the decoder does not know what it writes about, so it often does not know when to stop either.
        if (!reachedEnd && !_settings.WithoutCrossAttention)
        {
            Notes.Add($"the translation of {name} was cut off at the model's limit of {EnglishToFrench.TargetLength} tokens.");
        }
    }
}
