using System.Diagnostics;
using Formwork.Benchmarks.Trained;
using Formwork.Generation;
using Formwork.Text;
using Formwork.Weights;

namespace Formwork.Benchmarks.Corpus;

/// <summary>The Translate sample's model with its tokeniser, being timed: text in, text out.</summary>
internal sealed class CorpusTranslator : IDisposable
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "model");

    private readonly LoadedModel _model;
    private readonly EnglishToFrenchText _text;
    private readonly Search? _search;
    private readonly int[] _target = new int[EnglishToFrenchModels.Model.TargetLength];

    /// <summary>Loads the model that the build puts beside the program.</summary>
    /// <exception cref="UserErrorException">It cannot be loaded.</exception>
    /// <param name="variant">The weight types.</param>
    /// <param name="threads">Threads that a sentence is computed on.</param>
    /// <param name="beams">Beams to search with; 1 for greedy decoding.</param>
    public CorpusTranslator(ModelVariant variant, int threads, int beams)
    {
        try
        {
            _text = new(Folder);
            _model = variant.Load(Path.Combine(Folder, "model.safetensors"), threads);
            Beams = beams;
            _search = beams > 1 ? _model.CreateSearch(Options) : null;
        }
        catch (Exception problem) when (problem is WeightLoadException or VocabularyLoadException or IOException)
        {
            throw new UserErrorException(problem.Message, problem);
        }
    }

    /// <summary>What translates.</summary>
    public ModelVariant Variant => _model.Variant;

    /// <summary>Beams that it searches with.</summary>
    public int Beams { get; }

    private GenerationOptions Options => new() { Beams = Beams };

    /// <summary>Tokens decoded so far, end tokens included.</summary>
    public long Tokens { get; private set; }

    /// <summary>The time that they took, from text to text.</summary>
    public TimeSpan Time { get; private set; }

    /// <summary>Translates sentences, one after the other.</summary>
    /// <exception cref="UserErrorException">A sentence is too long for the model.</exception>
    public void Translate(ReadOnlySpan<string> sentences, Span<string> translations)
    {
        long started = Stopwatch.GetTimestamp();
        for (int index = 0; index < sentences.Length; index++)
        {
            translations[index] = Translate(sentences[index]);
        }

        Time += Stopwatch.GetElapsedTime(started);
    }

    /// <summary>Translates sentences, handed over to the model at once.</summary>
    /// <exception cref="UserErrorException">A sentence is too long for the model.</exception>
    public void TranslateTogether(ReadOnlySpan<string> sentences, Span<string> translations)
    {
        long started = Stopwatch.GetTimestamp();
        List<int> places = [];
        List<int[]> sources = [];
        for (int index = 0; index < sentences.Length; index++)
        {
            translations[index] = string.Empty;
            int[] source = _text.Source(sentences[index]);
            if (source.Length > 1)
            {
                places.Add(index);
                sources.Add(source);
            }
        }

        int[][] targets = _search is null
            ? _model.GenerateBatch(sources)
            : [.. _model.GenerateBatch(sources, Options).Select(static found => found[0].Tokens)];
        for (int index = 0; index < targets.Length; index++)
        {
            translations[places[index]] = _text.Target(targets[index]);
            Tokens += targets[index].Length;
        }

        Time += Stopwatch.GetElapsedTime(started);
    }

    /// <summary>Forgets what was timed: a warm-up.</summary>
    public void Clear()
    {
        Tokens = 0;
        Time = TimeSpan.Zero;
    }

    /// <inheritdoc/>
    public void Dispose() => _model.Dispose();

    private string Translate(string sentence)
    {
        int[] source = _text.Source(sentence);

        // An empty line is the end token alone, and nothing is its translation.
        if (source.Length == 1)
        {
            return string.Empty;
        }

        ReadOnlySpan<int> target = Target(source);
        Tokens += target.Length;
        return _text.Target(target);
    }

    private ReadOnlySpan<int> Target(int[] source)
    {
        if (_search is null)
        {
            return _target.AsSpan(0, _model.Generate(source, _target));
        }

        _model.Generate(source, _search);
        return _search[0].Tokens;
    }
}
