namespace Formwork.Text;

/// <summary>The content of a model file, checked as a whole; the values here are the format's defaults.</summary>
internal sealed class ModelFile
{
    public PieceStore Pieces { get; } = new();

    public NormalizerSettings Normalizer { get; } = new();

    /// <summary>The rules for decoded text, where the file has any.</summary>
    public NormalizerSettings? Denormalizer { get; set; }

    public SegmentationType Segmentation { get; set; } = SegmentationType.Unigram;

    public bool TreatWhitespaceAsSuffix { get; set; }

    public bool ByteFallback { get; set; }

    public int UnknownId { get; set; } = -1;

    /// <summary>The byte pieces' ids by value; empty without byte fallback.</summary>
    public int[] ByteIds { get; set; } = [];

    /// <summary>The special ids that the file states, with the offsets where it does.</summary>
    public List<(int Id, long Offset)> SpecialIds { get; } = [];

    public string BeginPiece { get; set; } = "<s>";

    public string EndPiece { get; set; } = "</s>";

    public string PadPiece { get; set; } = "<pad>";

    /// <summary>What an unknown piece is decoded to.</summary>
    public string UnknownSurface { get; set; } = " \u2047 ";
}
