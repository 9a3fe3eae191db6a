using System.ComponentModel;

namespace Formwork.Interop;

/// <summary>What a C function returns. The numbers are part of the binary interface: they are printed into headers, and none changes its meaning.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum NativeStatus
{
    /// <summary>The call did what was asked.</summary>
    Ok = 0,

    /// <summary>An argument is NULL, negative, not aligned, out of range, or an id outside the vocabulary.</summary>
    InvalidArgument = 1,

    /// <summary>A handle is NULL, destroyed, or of something else.</summary>
    InvalidHandle = 2,

    /// <summary>The state is not ready for this call, or another call uses it.</summary>
    InvalidState = 3,

    /// <summary>The weights cannot be loaded.</summary>
    Weights = 4,

    /// <summary>A vocabulary cannot be loaded, does not belong to the model, or is missing.</summary>
    Vocabulary = 5,

    /// <summary>The source has more tokens than the model was generated for.</summary>
    SourceTooLong = 6,

    /// <summary>A text or a path is not UTF-8.</summary>
    InvalidUtf8 = 7,

    /// <summary>The caller's buffer is too small for the result.</summary>
    BufferTooSmall = 8,

    /// <summary>The model produced no usable logits, or rules left no token.</summary>
    Generation = 9,

    /// <summary>Memory could not be had.</summary>
    OutOfMemory = 10,

    /// <summary>A failure that has no status of its own.</summary>
    Unexpected = 11,
}
