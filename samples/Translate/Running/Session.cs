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
    private readonly Translator _translator;
    private readonly AttentionReader? _attention;
    private readonly List<AttentionMap> _maps = [];
    private readonly TextWriter _output;
    private readonly bool _draws;

    public Session(Settings settings, TextWriter output, Notes notes)
    {
        _settings = settings;
        _output = output;
        _draws = settings.ShowAttention || settings.AttentionSvg is not null;
        Notes = notes;
        var folder = new ModelFolder(settings.ModelFolder);
        SentencePieceModel tokenizer = folder.LoadTokenizer();
        if (settings.WithoutCrossAttention)
        {
            _model = folder.LoadModel(NoCrossAttentionModel.Load);
        }
        else
        {
            CrossAttentionModel model = folder.LoadModel(CrossAttentionModel.Load);
            _model = model;
            _attention = settings.ReadsAttention ? new AttentionReader(model, settings.Layer) : null;
        }

        Stopwatches = settings.Time ? new Stopwatches() : null;
        _splitter = new PartSplitter(tokenizer);
        _translator = new Translator(tokenizer, _model, Stopwatches);
    }

    /// <summary>Remarks to the user.</summary>
    public Notes Notes { get; }

    /// <summary>What generating took, if that was asked for.</summary>
    public Stopwatches? Stopwatches { get; }

    /// <summary>The maps of the texts translated so far, kept only where a picture of them was asked for.</summary>
    public IReadOnlyList<AttentionMap> Maps => _maps;

    /// <summary>Translates a text and writes the translation as one line; a text without words gives an empty line.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">What notes call it.</param>
    public void Translate(string text, string name)
    {
        var french = new List<string>();
        var maps = new List<AttentionMap>();
        TextLinks? links = _settings.Align && _attention is not null ? new TextLinks(_attention, _settings.Layer) : null;
        bool reachedEnd = true;
        int parts = 0;
        foreach (TextPart part in _splitter.Split(text))
        {
            Translation translation = _translator.Translate(part);
            parts++;
            reachedEnd &= translation.ReachedEnd;
            if (translation.Pieces.Length > 0)
            {
                french.Add(translation.Text);
            }

            maps.AddRange(_draws && _attention!.Read(part, translation) is { } map ? [map] : []);
            links?.Add(part, translation);
        }

        _output.WriteLine(string.Join(' ', french));
        if (links is not null)
        {
            _output.WriteLine(links);
        }

        Draw(maps);
        _output.Flush();
        Remark(name, parts, reachedEnd);
    }

    public void Dispose() => _model.Dispose();

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
