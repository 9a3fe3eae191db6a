using System.ComponentModel;

namespace Formwork.Interop;

/// <summary>What C functions have to know of a generated model before there is one.</summary>
/// <typeparam name="TSelf">The generated class itself.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface INativeModel<TSelf>
    where TSelf : NativeModel, INativeModel<TSelf>
{
    /// <summary>The declaration's sizes.</summary>
    static abstract NativeShape Shape { get; }

    /// <summary>Loads a model from a file.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="threads">Threads that one call works with at most.</param>
    static abstract TSelf Load(string path, int threads);

    /// <summary>Loads a model from a file in memory, which is not needed afterwards.</summary>
    /// <param name="bytes">The file's bytes.</param>
    /// <param name="threads">Threads that one call works with at most.</param>
    static abstract TSelf Load(ReadOnlyMemory<byte> bytes, int threads);
}
