using System.ComponentModel;

namespace Formwork;

/// <summary>
/// Keeps what a model owns until the last call on it has returned: disposing it refuses new calls at once, and frees when none is running.
/// </summary>
/// <param name="owned">What to dispose, in this order; null for nothing.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class Lifetime(params IDisposable?[] owned) : IDisposable
{
    // The owner counts as one user until it disposes.
    private int _users = 1;
    private int _isDisposed;

    /// <summary>Begins a call.</summary>
    /// <exception cref="ObjectDisposedException">The model has been disposed.</exception>
    public void Enter()
    {
        int users = Volatile.Read(ref _users);
        while (Volatile.Read(ref _isDisposed) == 0 && users > 0)
        {
            int seen = Interlocked.CompareExchange(ref _users, users + 1, users);
            if (seen == users)
            {
                return;
            }

            users = seen;
        }

        throw new ObjectDisposedException(objectName: null, "The model has been disposed: its weights are no longer in memory. Load it again.");
    }

    /// <summary>Ends a call.</summary>
    public void Exit()
    {
        if (Interlocked.Decrement(ref _users) == 0)
        {
            foreach (IDisposable? resource in owned)
            {
                resource?.Dispose();
            }
        }
    }

    /// <summary>Refuses new calls, and frees once none is running.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            Exit();
        }
    }
}
