namespace Formwork.Weights;

/// <summary>What was wrong with a weight file: one member for each failure that a program may want to tell apart.</summary>
public enum WeightLoadError
{
    // The path and the container.

    /// <summary>No file has the given path.</summary>
    FileNotFound,

    /// <summary>The file exists and could not be opened or read: rights, locks, or a failing disk.</summary>
    Unreadable,

    /// <summary>The path names a folder.</summary>
    IsDirectory,

    /// <summary>The assembly has no embedded resource of the declared name.</summary>
    ResourceNotFound,

    /// <summary>The file has no bytes.</summary>
    EmptyFile,

    /// <summary>The file has fewer than the eight bytes of the header's length.</summary>
    TooShort,

    /// <summary>The file is a Git LFS pointer, not the file that it points to.</summary>
    LfsPointer,

    /// <summary>The file is a web page or an XML answer: a download that went wrong.</summary>
    HtmlPage,

    /// <summary>The file is a Python pickle, as older PyTorch checkpoints are.</summary>
    Pickle,

    /// <summary>The file is a ZIP archive: a PyTorch checkpoint or a NumPy <c>.npz</c>.</summary>
    ZipArchive,

    /// <summary>The file is in GGUF, the format of llama.cpp.</summary>
    Gguf,

    /// <summary>The file is JSON text, such as the index of a sharded checkpoint or a <c>config.json</c>.</summary>
    JsonText,

    /// <summary>The file is in another known format (HDF5, NumPy, gzip).</summary>
    OtherFormat,

    /// <summary>The numbers of the file's header are stored with their most significant byte first; or packed weights, which are stored with it
    /// last, were given to a machine that reads it first.</summary>
    WrongEndianness,

    /// <summary>The file became shorter, or was written to, after it was opened.</summary>
    FileChanged,

    // Packed weights (.fw).

    /// <summary>The file is none of packed weights.</summary>
    NotPackedWeights,

    /// <summary>The file of packed weights ends before its header or its data do.</summary>
    Truncated,

    /// <summary>The header of packed weights does not have its own checksum, or contradicts itself.</summary>
    HeaderDamaged,

    /// <summary>The packed weights were written in a version of the format that this runtime does not read.</summary>
    UnknownVersion,

    /// <summary>The packed weights are those of another model, or of another declaration of the same one.</summary>
    OtherModel,

    /// <summary>The packed weights do not have their checksum.</summary>
    DataDamaged,

    // The header of a safetensors file.

    /// <summary>The header's length is zero.</summary>
    HeaderEmpty,

    /// <summary>The header's length is more than the format's limit of 100,000,000 bytes.</summary>
    HeaderTooLong,

    /// <summary>The header is longer than what is left of the file.</summary>
    HeaderTruncated,

    /// <summary>The header begins with a byte order mark.</summary>
    HeaderByteOrderMark,

    /// <summary>The header does not begin with <c>{</c>.</summary>
    HeaderNotObject,

    /// <summary>The header is not valid UTF-8.</summary>
    HeaderNotUtf8,

    /// <summary>The header is not valid JSON.</summary>
    HeaderNotJson,

    /// <summary>The header nests arrays or objects where the format has a plain value.</summary>
    HeaderTooDeep,

    /// <summary>The header names the same key twice in one object.</summary>
    DuplicateKey,

    /// <summary><c>__metadata__</c> is not an object of strings.</summary>
    BadMetadata,

    /// <summary>A tensor's entry lacks a field, has an unknown one, or has one of the wrong JSON type.</summary>
    BadEntry,

    /// <summary>A size or an offset is not a plain decimal integer from 0 to 2^53.</summary>
    BadNumber,

    /// <summary>A tensor's name is empty, too long, or holds control characters or half a surrogate pair.</summary>
    BadName,

    /// <summary>The header lists more tensors than any real model has.</summary>
    TooManyTensors,

    // One tensor's place in the file.

    /// <summary>The tensor's dtype is not one of the format's.</summary>
    UnknownDType,

    /// <summary>The tensor has more than eight dimensions.</summary>
    BadRank,

    /// <summary>The product of the tensor's dimensions does not fit 63 bits.</summary>
    ShapeOverflow,

    /// <summary>The tensor's elements, of 4 or 6 bits, do not fill whole bytes.</summary>
    SubByteMisaligned,

    /// <summary>The tensor's first byte comes after its last.</summary>
    ReversedOffsets,

    /// <summary>The tensor's byte count is not its shape times its element size.</summary>
    SizeMismatch,

    /// <summary>Two tensors share bytes.</summary>
    Overlap,

    /// <summary>Bytes between two tensors belong to none.</summary>
    Hole,

    /// <summary>The tensor's bytes end after the file does.</summary>
    PastEnd,

    /// <summary>Bytes after the last tensor belong to none, or bytes follow packed weights.</summary>
    TrailingBytes,

    /// <summary>The tensor has more bytes than one span can hold.</summary>
    TensorTooLarge,

    // The tensors against the declared model.

    /// <summary>The model needs a tensor that the file does not have.</summary>
    TensorMissing,

    /// <summary>The file has a tensor that the model does not use.</summary>
    TensorUnexpected,

    /// <summary>The tensor's shape is not the model's.</summary>
    ShapeMismatch,

    /// <summary>The tensor's shape is the model's with rows and columns exchanged.</summary>
    ShapeTransposed,

    /// <summary>The tensor is needed and its dtype cannot be read as floats.</summary>
    UnsupportedDType,

    /// <summary>Two names of one tied tensor are both in the file, with different contents.</summary>
    TiedTensorsDiffer,

    /// <summary>The tensor holds a NaN or an infinity.</summary>
    NotFinite,

    /// <summary>The tensor holds a weight too large for the declared weight type.</summary>
    OutOfRange,

    /// <summary>The memory for the packed weights could not be had.</summary>
    OutOfMemory,

    /// <summary>The index of a checkpoint in shards is no index.</summary>
    ShardIndexDamaged,

    /// <summary>An index names a file that is not beside it.</summary>
    ShardOutside,

    /// <summary>Shards and their index, or two shards, contradict each other.</summary>
    ShardsContradict,
}
