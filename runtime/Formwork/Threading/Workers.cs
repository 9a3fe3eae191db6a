using System.ComponentModel;

namespace Formwork.Threading;

/// <summary>
/// A model's threads: it is loaded for a number of them, and its larger kernels share their work out among them. The thread that calls the
/// model is one of the number; the others wait for work, at first attentively and then parked, at no cost to other programs.
/// </summary>
/// <remarks>
/// Results do not depend on the number of threads, not in a bit: what a kernel shares out are values that do not depend on each other.
/// Several threads may call one model at once, each with a state of its own; while one of them has the workers, the others do all their
/// work themselves. A team that is neither disposed of nor in use any more ends when the garbage collector finds it.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class Workers : IDisposable
{
    /// <summary>The most threads a team can have.</summary>
    public const int MostThreads = 1024;

    private readonly Team _team;

    private Workers(int threads) => _team = new(threads - 1);

    /// <summary>Ends the threads of a team that was never disposed of: they know the team's inside alone, so this object can go.</summary>
    ~Workers() => _team?.Stop();

    /// <summary>Threads that work, the calling one included: 2 or more.</summary>
    public int Threads => _team.Helpers + 1;

    /// <summary>Requires a number of threads that a team can have; for a caller that has other things to do before it starts the team.</summary>
    /// <param name="threads">Threads that work, the calling one included: 1 to <see cref="MostThreads"/>.</param>
    /// <returns><paramref name="threads"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is outside its range.</exception>
    public static int Checked(int threads)
    {
        if (threads is < 1 or > MostThreads)
        {
            throw new ArgumentOutOfRangeException(
                nameof(threads), threads, $"A model runs on 1 to {MostThreads} threads, the calling one included; {threads} were asked for.");
        }

        return threads;
    }

    /// <summary>Starts a team, or none where the calling thread is to do all the work.</summary>
    /// <param name="threads">Threads that work, the calling one included: 1 to <see cref="MostThreads"/>.</param>
    /// <returns>The team; null for one thread.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is outside its range.</exception>
    public static Workers? Create(int threads) => Checked(threads) == 1 ? null : new(threads);

    /// <summary>
    /// Calls <paramref name="body"/> once for each part, on this thread and on those that are free, and returns when all calls have
    /// returned. This thread takes part 0. Nothing is allocated. The body must not throw.
    /// </summary>
    /// <param name="body">Gets the job, the part and the number of parts. It must give the same results whichever thread runs it.</param>
    /// <param name="job">Handed on; may lie on this thread's stack.</param>
    /// <param name="parts">Not negative; more than there are threads is well, and evens out what threads get done.</param>
    internal void Run(delegate*<void*, int, int, void> body, void* job, int parts)
    {
        _team.Run(body, job, parts);
        GC.KeepAlive(this);
    }

    /// <summary>Ends the threads, after what they are at. Work that is run afterwards is all done by its caller.</summary>
    public void Dispose()
    {
        _team.Stop();
        _team.Join();
        GC.SuppressFinalize(this);
    }
}
