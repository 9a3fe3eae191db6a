using System.ComponentModel;

namespace Formwork.Interop;

/// <summary>The sizes of a declaration that C functions check arguments with.</summary>
/// <param name="StateBytes">Bytes of a state.</param>
/// <param name="SourceLength">The most tokens of a source.</param>
/// <param name="TargetLength">The most tokens of a target.</param>
/// <param name="SourceVocabSize">Number of source ids.</param>
/// <param name="TargetVocabSize">Number of target ids.</param>
/// <param name="EndToken">The id that ends a target.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct NativeShape(int StateBytes, int SourceLength, int TargetLength, int SourceVocabSize, int TargetVocabSize, int EndToken);
