namespace Formwork.Threading;

/// <summary>
/// The inside of <see cref="Workers"/>, and all that its threads know of. Parts of a job are claimed one at a time by whoever is free, so a
/// thread that wakes too late, or that the system holds back, finds nothing left to do and keeps nobody waiting.
/// </summary>
internal sealed unsafe class Team
{
    /// <summary>Enough for every kernel's stack, and for little more.</summary>
    private const int StackBytes = 256 * 1024;

    private readonly Helper[] _helpers;
    private readonly Parking _caller = new();
    private volatile bool _stopped;

    /// <summary>1 while a caller has the team.</summary>
    private int _busy;

    /// <summary>The job. Written before its parts are offered; read by those who have claimed a part, and until that part is finished it stays.</summary>
    private delegate*<void*, int, int, void> _body;
    private void* _job;
    private int _parts;

    /// <summary>Parts that nobody has claimed: 1 .. this number. Whoever counts it down from n has claimed part n.</summary>
    private int _unclaimed;

    /// <summary>Parts beside part 0 that are not finished.</summary>
    private int _unfinished;

    public Team(int helpers)
    {
        _helpers = new Helper[helpers];
        for (int i = 0; i < helpers; i++)
        {
            Helper helper = new();
            helper.Thread = new Thread(() => Work(helper.Parking), StackBytes) { IsBackground = true, Name = "Formwork worker" };
            _helpers[i] = helper;
        }

        try
        {
            foreach (Helper helper in _helpers)
            {
                helper.Thread!.Start();
            }
        }
        catch
        {
            Stop();
            throw;
        }
    }

    /// <summary>Threads beside the calling one.</summary>
    public int Helpers => _helpers.Length;

    /// <summary>Runs a job to its end; alone, where another caller has the team.</summary>
    public void Run(delegate*<void*, int, int, void> body, void* job, int parts)
    {
        if (parts < 2 || Interlocked.CompareExchange(ref _busy, 1, 0) != 0)
        {
            for (int part = 0; part < parts; part++)
            {
                body(job, part, parts);
            }

            return;
        }

        _body = body;
        _job = job;
        _parts = parts;
        _unfinished = parts - 1;
        Volatile.Write(ref _unclaimed, parts - 1);
        Wake(parts - 1);

        body(job, 0, parts);
        while (Claim(out int part))
        {
            body(job, part, parts);
            Interlocked.Decrement(ref _unfinished);
        }

        _caller.WaitUntil(&IsFinished, this, WaitManner.Attentive);
        Volatile.Write(ref _busy, 0);
    }

    /// <summary>Tells the threads to end once they have nothing to do.</summary>
    public void Stop()
    {
        _stopped = true;
        Wake(_helpers.Length);
    }

    /// <summary>Waits until the threads have ended.</summary>
    public void Join()
    {
        foreach (Helper helper in _helpers)
        {
            helper.Thread!.Join();
        }
    }

    private void Work(Parking parking)
    {
        bool hasWorked = false;
        while (true)
        {
            // After a part the next job is likely near. A thread that was woken too late to get one parks again at once: on a crowded machine it
            // may be keeping the very thread that woke it from its core.
            parking.WaitUntil(&HasWork, this, hasWorked ? WaitManner.Polite : WaitManner.Parked);
            hasWorked = false;
            while (Claim(out int part))
            {
                hasWorked = true;
                _body(_job, part, _parts);
                if (Interlocked.Decrement(ref _unfinished) == 0)
                {
                    _caller.Wake();
                }
            }

            if (_stopped)
            {
                return;
            }
        }
    }

    /// <summary>
    /// Claims a part of the present job. A count that was read from an earlier job does no harm: the exchange succeeds only where the same
    /// count is offered now, and then it claims a part of what is offered now.
    /// </summary>
    private bool Claim(out int part)
    {
        part = Volatile.Read(ref _unclaimed);
        while (part > 0)
        {
            int found = Interlocked.CompareExchange(ref _unclaimed, part - 1, part);
            if (found == part)
            {
                return true;
            }

            part = found;
        }

        return false;
    }

    private void Wake(int most)
    {
        // What is offered must be visible before anybody is found to be parked: they look in the other order.
        Interlocked.MemoryBarrier();
        foreach (Helper helper in _helpers.AsSpan(0, Math.Min(most, _helpers.Length)))
        {
            helper.Parking.Wake();
        }
    }

    private static bool HasWork(Team team) => Volatile.Read(ref team._unclaimed) > 0 || team._stopped;

    private static bool IsFinished(Team team) => Volatile.Read(ref team._unfinished) == 0;

    private sealed class Helper
    {
        public Parking Parking { get; } = new();

        public Thread? Thread { get; set; }
    }
}
