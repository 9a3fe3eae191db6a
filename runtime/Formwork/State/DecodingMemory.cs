namespace Formwork;

/// <summary>All the memory that one caller needs of a model at a time: a state, and a batch where it decodes several hypotheses at once. Either is allocated when it is first asked for.</summary>
/// <param name="stateBytes">Size of a state in bytes: the generated type's <c>StateBytes</c>.</param>
/// <param name="batchBytes">Size of a batch in bytes: the generated type's <c>BatchBytes</c>, or 0 where it has none.</param>
public sealed class DecodingMemory(int stateBytes, int batchBytes) : IDisposable
{
    private StateMemory? _state;
    private BatchMemory? _batch;
    private bool _isDisposed;

    /// <summary>The state's memory.</summary>
    /// <exception cref="ObjectDisposedException"><see cref="Dispose"/> has been called.</exception>
    public StateMemory State
    {
        get
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return _state ??= new(stateBytes);
        }
    }

    /// <summary>The batch's memory.</summary>
    /// <exception cref="InvalidOperationException">The model has no batch.</exception>
    /// <exception cref="ObjectDisposedException"><see cref="Dispose"/> has been called.</exception>
    public BatchMemory Batch
    {
        get
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return _batch ??= batchBytes > 0
                ? new(batchBytes)
                : throw new InvalidOperationException("This model was generated without a batch: set MaxBatch or MaxBeams in its [Transformer] attribute.");
        }
    }

    /// <summary>Gives the memory back to the garbage collector, once no call uses it, and refuses further use.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _state?.Dispose();
        _batch?.Dispose();
    }
}
