namespace Formwork.Text;

/// <summary>What a piece of a <see cref="SentencePieceModel"/> is for. The numbers are those of the file format.</summary>
public enum PieceKind : byte
{
    /// <summary>A piece that text is cut into.</summary>
    Normal = 1,

    /// <summary>The piece that stands for text outside the vocabulary.</summary>
    Unknown = 2,

    /// <summary>A mark such as <c>&lt;/s&gt;</c>: never produced from text, and invisible when decoded.</summary>
    Control = 3,

    /// <summary>A symbol that is always kept whole wherever it occurs in text.</summary>
    UserDefined = 4,

    /// <summary>A piece that keeps its id but is no longer used in segmentation.</summary>
    Unused = 5,

    /// <summary>One byte, spelled <c>&lt;0xNN&gt;</c>, for text outside the vocabulary.</summary>
    Byte = 6,
}
