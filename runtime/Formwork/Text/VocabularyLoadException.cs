using System.Globalization;

namespace Formwork.Text;

/// <summary>
/// The one exception for a vocabulary file whose content cannot be used. It says where the problem is, what was expected there,
/// what was found, and what to do about it. Problems of reaching the file stay <see cref="IOException"/> and its kin.
/// </summary>
public sealed class VocabularyLoadException : FormatException
{
    internal VocabularyLoadException(VocabularyLoadError error, long offset, string expected, string found, string advice)
    {
        Error = error;
        Offset = offset;
        Expected = expected;
        Found = found;
        Advice = advice;
    }

    /// <summary>The kind of problem.</summary>
    public VocabularyLoadError Error { get; }

    /// <summary>The byte offset of the problem in the file, or −1 where it concerns the file as a whole.</summary>
    public long Offset { get; }

    /// <summary>What a usable vocabulary has there.</summary>
    public string Expected { get; }

    /// <summary>What this one has there.</summary>
    public string Found { get; }

    /// <summary>What to do about it.</summary>
    public string Advice { get; }

    /// <summary>The file, or <see langword="null"/> where the vocabulary was given as bytes.</summary>
    public string? FileName { get; internal set; }

    /// <inheritdoc/>
    public override string Message
    {
        get
        {
            string place = Offset < 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" at byte {Offset}");
            return $"The vocabulary{(FileName is null ? "" : $" '{FileName}'")} cannot be loaded ({Error}{place}): "
                + $"expected {Expected}, found {Found}. {Advice}";
        }
    }
}
