using System.Numerics;

namespace Formwork.Generation.Constraints;

/// <summary>A set of ids, kept as one bit for each id of the vocabulary.</summary>
public sealed class TokenSet
{
    private readonly ulong[] _bits;

    /// <summary>Creates an empty set.</summary>
    /// <param name="vocabulary">Number of ids.</param>
    internal TokenSet(int vocabulary)
    {
        Vocabulary = vocabulary;
        _bits = new ulong[(vocabulary + 63) / 64];
    }

    /// <summary>Number of ids that the set may hold: 0 to this, exclusive.</summary>
    public int Vocabulary { get; }

    /// <summary>Number of ids in the set.</summary>
    public int Count
    {
        get
        {
            int count = 0;
            foreach (ulong bits in _bits)
            {
                count += BitOperations.PopCount(bits);
            }

            return count;
        }
    }

    /// <summary>Whether an id is in the set.</summary>
    /// <param name="token">The id.</param>
    public bool Contains(int token) => (uint)token < (uint)Vocabulary && (_bits[token >> 6] & (1UL << (token & 63))) != 0;

    /// <summary>Adds an id.</summary>
    /// <param name="token">The id.</param>
    /// <exception cref="ArgumentOutOfRangeException">The vocabulary has no such id.</exception>
    public void Add(int token)
    {
        if ((uint)token >= (uint)Vocabulary)
        {
            throw new ArgumentOutOfRangeException(nameof(token), token, $"A target id lies between 0 and {Vocabulary - 1}.");
        }

        _bits[token >> 6] |= 1UL << (token & 63);
    }

    /// <summary>Adds ids.</summary>
    /// <param name="tokens">The ids.</param>
    /// <exception cref="ArgumentOutOfRangeException">The vocabulary does not have one of them.</exception>
    public void AddRange(ReadOnlySpan<int> tokens)
    {
        foreach (int token in tokens)
        {
            Add(token);
        }
    }

    /// <summary>Adds every id.</summary>
    public void AddAll()
    {
        Array.Fill(_bits, ulong.MaxValue);
        if ((Vocabulary & 63) != 0)
        {
            _bits[^1] = (1UL << (Vocabulary & 63)) - 1;
        }
    }

    /// <summary>Removes an id, if it is there.</summary>
    /// <param name="token">The id.</param>
    public void Remove(int token)
    {
        if ((uint)token < (uint)Vocabulary)
        {
            _bits[token >> 6] &= ~(1UL << (token & 63));
        }
    }

    /// <summary>Removes every id.</summary>
    public void Clear() => Array.Clear(_bits);
}
