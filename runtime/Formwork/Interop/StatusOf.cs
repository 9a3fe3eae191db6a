using Formwork.Generation;
using Formwork.Text;
using Formwork.Weights;

namespace Formwork.Interop;

/// <summary>Which status an exception becomes.</summary>
internal static class StatusOf
{
    public static NativeStatus Exception(Exception exception) => exception switch
    {
        NativeException native => native.Status,
        WeightLoadException { Code: WeightLoadError.OutOfMemory } => NativeStatus.OutOfMemory,
        WeightLoadException => NativeStatus.Weights,
        VocabularyLoadException => NativeStatus.Vocabulary,

        // Weights wrap theirs, so only a vocabulary's file is left to fail by itself.
        IOException or UnauthorizedAccessException => NativeStatus.Vocabulary,
        GenerationException => NativeStatus.Generation,
        OutOfMemoryException => NativeStatus.OutOfMemory,

        // A model that is destroyed while a call looks it up; it is an InvalidOperationException too.
        ObjectDisposedException => NativeStatus.InvalidHandle,
        InvalidOperationException => NativeStatus.InvalidState,
        ArgumentException => NativeStatus.InvalidArgument,
        _ => NativeStatus.Unexpected,
    };
}
