namespace Formwork.Weights;

/// <summary>How much a header may ask for. The first is the format's own; the others are far above every published model and
/// keep what a hostile header can make the loader allocate small.</summary>
internal static class SafetensorsLimits
{
    /// <summary>Bytes of the header's length, which precedes the header.</summary>
    public const int LengthBytes = 8;

    /// <summary>The longest header that the format allows.</summary>
    public const int HeaderBytes = 100_000_000;

    /// <summary>The most tensors of one file.</summary>
    public const int Tensors = 1 << 17;

    /// <summary>The longest tensor name, in UTF-16 units.</summary>
    public const int NameLength = 1024;

    /// <summary>The most dimensions of a tensor.</summary>
    public const int Rank = 8;

    /// <summary>The largest size or offset: above it a number in JSON loses digits in most other readers.</summary>
    public const long Number = 1L << 53;
}
