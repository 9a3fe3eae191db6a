namespace Formwork.Text;

/// <summary>Why a vocabulary could not be loaded; see <see cref="VocabularyLoadException"/>.</summary>
public enum VocabularyLoadError
{
    /// <summary>The file holds no byte, or no symbol.</summary>
    Empty,

    /// <summary>The bytes are something else: a web page, a Git LFS pointer, an archive, JSON.</summary>
    NotAVocabulary,

    /// <summary>The data ends inside a field.</summary>
    Truncated,

    /// <summary>A field is not encoded as its type demands, or its tag is impossible.</summary>
    Malformed,

    /// <summary>A piece or a symbol is not valid UTF-8, or holds a character that it cannot hold.</summary>
    InvalidText,

    /// <summary>A piece or a symbol is the empty string.</summary>
    EmptySymbol,

    /// <summary>Two pieces or symbols are spelled alike.</summary>
    DuplicateSymbol,

    /// <summary>Two tokens have one id.</summary>
    DuplicateId,

    /// <summary>A merge is not of two tokens of the vocabulary to a third.</summary>
    Merge,

    /// <summary>The vocabulary has no unknown piece, or more than one.</summary>
    UnknownPiece,

    /// <summary>A piece has a type that this reader does not know.</summary>
    PieceType,

    /// <summary>A score is not a finite number.</summary>
    Score,

    /// <summary>Byte pieces are misspelled, incomplete, or present without byte fallback; or a byte-level vocabulary lacks the token of a byte.</summary>
    BytePieces,

    /// <summary>A special id lies outside the vocabulary; or a token's id is negative, no whole number, or far beyond the number of tokens.</summary>
    IdOutOfRange,

    /// <summary>The segmentation algorithm is not one that this reader knows.</summary>
    UnsupportedModelType,

    /// <summary>The precompiled normalisation rules are damaged.</summary>
    CharacterMap,

    /// <summary>A file or the directory that a pretrained tokeniser is read from is not there.</summary>
    MissingFile,

    /// <summary>The directory's tokeniser is of a kind that is not supported, or nothing says of which kind it is.</summary>
    UnsupportedTokenizer,

    /// <summary>A setting would change ids or text in a way that is not supported.</summary>
    UnsupportedSetting,

    /// <summary>A token that the kind of tokeniser needs is in none of its files.</summary>
    MissingToken,

    /// <summary>A language that the settings name is not among the vocabulary's.</summary>
    UnknownLanguage,
}
