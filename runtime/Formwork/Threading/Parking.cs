using System.Diagnostics;

namespace Formwork.Threading;

/// <summary>Where one thread waits: attentively for a moment, since work mostly comes in quick succession, and then parked.</summary>
internal sealed unsafe class Parking
{
    /// <summary>How long a thread looks before it parks: longer than the gaps between a model's kernels, too short to be felt by others.</summary>
    private static readonly long Attentive = Stopwatch.Frequency / 20_000; // 50 µs

    /// <summary>Looks between two glances at the clock.</summary>
    private const int Looks = 16;

    private readonly object _gate = new();

    /// <summary>Set, under the gate, for a thread that is parked and is to go on.</summary>
    private bool _signal;

    /// <summary>1 while the thread is parked, or about to be.</summary>
    private int _isParked;

    /// <summary>Returns once the condition holds. Whoever makes it hold calls <see cref="Wake"/> afterwards.</summary>
    /// <param name="condition">What to wait for.</param>
    /// <param name="team">Handed to the condition.</param>
    /// <param name="manner">What to do before parking.</param>
    public void WaitUntil(delegate*<Team, bool> condition, Team team, WaitManner manner)
    {
        if (manner != WaitManner.Parked && Spin(condition, team, yields: manner == WaitManner.Polite))
        {
            return;
        }

        while (!condition(team))
        {
            // Parked first and looked then: whoever makes the condition hold looks in the other order, so one of the two sees the other.
            Interlocked.Exchange(ref _isParked, 1);
            if (!condition(team))
            {
                TakeSignal();
            }
            else if (Interlocked.Exchange(ref _isParked, 0) == 0)
            {
                // Woken in between: the signal is there, and must not be left for the next time.
                TakeSignal();
            }
        }
    }

    /// <summary>Wakes the thread if it is parked. To be called behind a full barrier.</summary>
    public void Wake()
    {
        if (Volatile.Read(ref _isParked) != 0 && Interlocked.Exchange(ref _isParked, 0) != 0)
        {
            lock (_gate)
            {
                _signal = true;
                Monitor.Pulse(_gate);
            }
        }
    }

    private void TakeSignal()
    {
        lock (_gate)
        {
            while (!_signal)
            {
                Monitor.Wait(_gate);
            }

            _signal = false;
        }
    }

    private static bool Spin(delegate*<Team, bool> condition, Team team, bool yields)
    {
        long start = Stopwatch.GetTimestamp();
        do
        {
            for (int look = 0; look < Looks; look++)
            {
                if (condition(team))
                {
                    return true;
                }

                Thread.SpinWait(1);
            }

            if (yields)
            {
                Thread.Yield();
            }
        }
        while (Stopwatch.GetTimestamp() - start < Attentive);

        return false;
    }
}
