using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Formwork.Text;

/// <summary>How far <see cref="Detokenizer"/> has come in joining one sequence of pieces; the default is its beginning.</summary>
internal struct JoinState
{
    private Utf8Character _held;

    /// <summary>Whether the first word has begun, so that a space before a piece is one.</summary>
    public bool IsPastStart;

    /// <summary>Whether the last text piece lost its leading space.</summary>
    public bool StrippedSpace;

    /// <summary>Whether there is any text so far.</summary>
    public bool HasText;

    /// <summary>How many byte pieces wait for the rest of their character: 0 to 3.</summary>
    public int HeldCount { get; private set; }

    /// <summary>The values of the byte pieces that wait.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Held => ((ReadOnlySpan<byte>)_held)[..HeldCount];

    public void Hold(byte value) => _held[HeldCount++] = value;

    public void Release() => HeldCount = 0;

    [InlineArray(4)]
    private struct Utf8Character
    {
        private byte _first;
    }
}
