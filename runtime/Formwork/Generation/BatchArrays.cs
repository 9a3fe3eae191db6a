using System.ComponentModel;

namespace Formwork.Generation;

/// <summary>A batch's sources and targets in arrays: sources laid out one after another, and room for the targets.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct BatchArrays
{
    private readonly int[] _sources;
    private readonly int[] _sourceLengths;
    private readonly int[] _targets;
    private readonly int[] _targetLengths;
    private readonly int _limit;

    /// <summary>Lays sources out.</summary>
    /// <param name="sources">The sources' ids.</param>
    /// <param name="limit">The most ids of a target.</param>
    /// <exception cref="ArgumentNullException">The list or one of its sources is null.</exception>
    public BatchArrays(IReadOnlyList<int[]> sources, int limit)
    {
        ArgumentNullException.ThrowIfNull(sources);
        foreach (int[] source in sources)
        {
            ArgumentNullException.ThrowIfNull(source, nameof(sources));
        }

        _sources = [.. sources.SelectMany(static source => source)];
        _sourceLengths = [.. sources.Select(static source => source.Length)];
        _targets = new int[checked(sources.Count * limit)];
        _targetLengths = new int[sources.Count];
        _limit = limit;
    }

    /// <summary>The sources' ids, one source after another.</summary>
    public ReadOnlySpan<int> Sources => _sources;

    /// <summary>The sources' lengths.</summary>
    public ReadOnlySpan<int> SourceLengths => _sourceLengths;

    /// <summary>Room for the targets.</summary>
    public Span<int> Targets => _targets;

    /// <summary>Room for the targets' lengths.</summary>
    public Span<int> TargetLengths => _targetLengths;

    /// <summary>The targets in arrays of their own.</summary>
    public int[][] ToJagged()
    {
        int[][] targets = new int[_targetLengths.Length][];
        for (int index = 0; index < targets.Length; index++)
        {
            targets[index] = _targets.AsSpan(index * _limit, _targetLengths[index]).ToArray();
        }

        return targets;
    }
}
