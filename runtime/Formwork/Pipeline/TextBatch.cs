using System.Text;

namespace Formwork.Pipeline;

/// <summary>Many texts, the sources of all of their sentences, and the targets as they come.</summary>
internal sealed class TextBatch
{
    private readonly IReadOnlyList<string> _texts;
    private readonly SourcePart[][] _parts;
    private readonly int[] _firstSource;
    private readonly int[] _owners;
    private readonly int[] _missing;
    private readonly (string Text, int? Truncated)[] _targets;
    private readonly int[] _sources;
    private readonly int[] _sourceLengths;
    private readonly IProgress<int>? _progress;
    private int _done;

    /// <summary>Cuts the texts.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="sources">Makes their sources.</param>
    /// <param name="progress">Receives the number of texts that are done.</param>
    public TextBatch(IReadOnlyList<string> texts, TextSources sources, IProgress<int>? progress)
    {
        _texts = texts;
        _progress = progress;
        _parts = new SourcePart[texts.Count][];
        _firstSource = new int[texts.Count];
        _missing = new int[texts.Count];
        var owners = new List<int>();
        for (int index = 0; index < texts.Count; index++)
        {
            ArgumentNullException.ThrowIfNull(texts[index], nameof(texts));
            _parts[index] = [.. sources.Of(texts[index])];
            _firstSource[index] = owners.Count;
            _missing[index] = _parts[index].Count(static part => part.Source is not null);
            owners.AddRange(Enumerable.Repeat(index, _missing[index]));
        }

        _owners = [.. owners];
        _targets = new (string, int?)[_owners.Length];
        int[][] ids = [.. _parts.SelectMany(static parts => parts).Where(static part => part.Source is not null).Select(static part => part.Source!)];
        _sourceLengths = [.. ids.Select(static source => source.Length)];
        _sources = [.. ids.SelectMany(static source => source)];
        Count(_missing.Count(static missing => missing == 0));
    }

    /// <summary>The sources' ids, one source after another.</summary>
    public ReadOnlySpan<int> Sources => _sources;

    /// <summary>The sources' lengths.</summary>
    public ReadOnlySpan<int> SourceLengths => _sourceLengths;

    /// <summary>Takes the target of a source.</summary>
    public void Finish(int source, (string Text, int? Truncated) target)
    {
        _targets[source] = target;
        if (--_missing[_owners[source]] == 0)
        {
            Count(1);
        }
    }

    /// <summary>Puts the targets of a text in their places.</summary>
    /// <param name="index">The text.</param>
    /// <param name="tell">Is told of each of its targets.</param>
    public string Join(int index, Action<string, SourcePart, string, int?> tell)
    {
        string text = _texts[index];
        var result = new StringBuilder(text.Length);
        int source = _firstSource[index];
        foreach (SourcePart part in _parts[index])
        {
            if (part.Source is null)
            {
                result.Append(text, part.Start, part.End - part.Start);
                continue;
            }

            (string target, int? truncated) = _targets[source++];
            result.Append(target);
            tell(text, part, target, truncated);
        }

        return result.ToString();
    }

    private void Count(int texts)
    {
        if (texts > 0)
        {
            _done += texts;
            _progress?.Report(_done);
        }
    }
}
