using System.ComponentModel;

namespace Formwork.Weights;

/// <summary>Everything that a generated model takes from its weight file, and where it goes.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class WeightManifest
{
    /// <summary>Lists a model's weights.</summary>
    /// <param name="model">The declared type's name, for messages.</param>
    /// <param name="bytes">The length of the weight memory in bytes.</param>
    /// <param name="slots">The tensors.</param>
    /// <param name="ignored">Tensors that files of the family may hold and the model does not use: exact names, or beginnings of names
    /// followed by <c>*</c>.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bytes"/> is negative.</exception>
    /// <exception cref="ArgumentException">A slot has no name, no elements, or does not lie inside the memory.</exception>
    public WeightManifest(string model, long bytes, WeightSlot[] slots, string[] ignored)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(slots);
        ArgumentNullException.ThrowIfNull(ignored);
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        Model = model;
        Bytes = bytes;
        Slots = slots;
        Ignored = ignored;
        for (int i = 0; i < slots.Length; i++)
        {
            if (Fault(slots[i]) is { } fault)
            {
                throw new ArgumentException($"Slot {i} of {model} {fault}.", nameof(slots));
            }
        }
    }

    internal string Model { get; }

    internal long Bytes { get; }

    internal WeightSlot[] Slots { get; }

    internal string[] Ignored { get; }

    /// <summary>Whether a tensor of a file is passed over.</summary>
    /// <param name="name">The tensor.</param>
    /// <param name="inFile">What the file calls a tensor of the model.</param>
    internal bool Ignores(string name, Func<string, string> inFile)
    {
        foreach (string pattern in Ignored.Select(inFile))
        {
            if (pattern.EndsWith('*') ? name.AsSpan().StartsWith(pattern.AsSpan(0, pattern.Length - 1)) : name == pattern)
            {
                return true;
            }
        }
        return false;
    }

    private string? Fault(WeightSlot slot) =>
        slot.Names is null || slot.Names.Contains(null) ? "has a null name"
        : slot.Names.Length == 0 && !slot.MayBeAbsent ? "has no name"
        : slot.Buckets is { } buckets && (buckets.Length > slot.Stride || Array.Exists(buckets, bucket => bucket >= slot.FileRows)) ? "spreads buckets that the tensor does not have, or too many"
        : slot.Sinusoid > SinusoidKind.Interleaved ? "has an unknown formula"
        : slot.FileRows <= 0 || slot.Columns <= 0 || slot.RowCount <= 0 ? "has no elements"
        : slot.FirstFileRow < 0 || slot.FirstPackedRow < 0 || slot.FirstFileRow > slot.FileRows - slot.RowCount ? "takes rows that the tensor does not have"
        : slot.Offset < 0 || slot.FirstPackedRow > MostPackedRows - slot.RowCount || slot.Length > Bytes - slot.Offset ? $"does not lie inside the {Bytes} bytes"
        : slot.Offset % slot.Alignment != 0 ? $"does not begin at a multiple of {slot.Alignment} bytes"
        : null;

    // Rounding up to whole panels must not overflow.
    private const int MostPackedRows = int.MaxValue - 64;
}
