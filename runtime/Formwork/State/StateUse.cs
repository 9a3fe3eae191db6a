using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Formwork;

/// <summary>One call's use of a state. While it lasts, another call on the same state is refused, and the model is not freed.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct StateUse : IDisposable
{
    /// <summary>No other value marks a state as in use, so memory that was never a state, whatever it holds, counts as free.</summary>
    private const int InUse = 0x55_6E_75_73;

    private readonly ref int _mark;
    private readonly Lifetime _lifetime;

    /// <summary>Begins the use.</summary>
    /// <param name="mark">The state's mark.</param>
    /// <param name="lifetime">The model's lifetime.</param>
    /// <exception cref="ArgumentException">The memory is not aligned.</exception>
    /// <exception cref="InvalidOperationException">Another call uses the state.</exception>
    /// <exception cref="ObjectDisposedException">The model has been disposed.</exception>
    public unsafe StateUse(ref int mark, Lifetime lifetime)
    {
        // Not every processor exchanges a word that lies across two.
        if (((nint)Unsafe.AsPointer(ref mark) & (sizeof(int) - 1)) != 0)
        {
            throw new ArgumentException("The memory of a state or batch has to start at an address that 4 divides; 64 is fastest.", nameof(mark));
        }

        if (Interlocked.Exchange(ref mark, InUse) == InUse)
        {
            throw new InvalidOperationException(
                "This state is in use by another call, from another thread or from a callback of that call. One call at a time uses a state: " +
                "give each thread its own with CreateState (a model called without a state uses the one that it owns).");
        }

        _mark = ref mark;
        _lifetime = lifetime;
        try
        {
            lifetime.Enter();
        }
        catch
        {
            Volatile.Write(ref mark, 0);
            throw;
        }
    }

    /// <summary>Ends the use.</summary>
    public void Dispose()
    {
        Volatile.Write(ref _mark, 0);
        _lifetime.Exit();
    }
}
