using System.Diagnostics.CodeAnalysis;

namespace Formwork.Weights;

/// <summary>A checkpoint's tensors, wherever they lie: in one file or in several.</summary>
internal interface ITensorSet
{
    /// <summary>What messages call the checkpoint.</summary>
    string Name { get; }

    /// <summary>All tensors.</summary>
    IReadOnlyList<SafetensorsTensor> Tensors { get; }

    /// <summary>Finds a tensor by its exact name.</summary>
    bool TryGet(string name, [NotNullWhen(true)] out SafetensorsTensor? tensor);

    /// <summary>Fails with <see cref="WeightLoadError.FileChanged"/> if a file is not the one that was opened any more.</summary>
    void ThrowIfChanged();
}
