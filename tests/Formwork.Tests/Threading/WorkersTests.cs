using Formwork.Threading;

namespace Formwork.Tests.Threading;

public unsafe class WorkersTests
{
    private static Workers? _nested;

    [Fact]
    public void One_thread_needs_no_team()
    {
        Assert.Null(Workers.Create(1));
        using Workers workers = Workers.Create(3)!;
        Assert.Equal(3, workers.Threads);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(Workers.MostThreads + 1)]
    public void A_number_of_threads_that_makes_no_sense_is_refused(int threads)
    {
        Assert.Throws<ArgumentOutOfRangeException>(nameof(threads), () => Workers.Create(threads));
        Assert.Throws<ArgumentOutOfRangeException>(nameof(threads), () => Workers.Checked(threads));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Every_part_runs_once_over_many_runs(int threads)
    {
        using Workers workers = Workers.Create(threads)!;
        int* counts = stackalloc int[40];
        for (int run = 0; run < 20_000; run++)
        {
            int parts = run % 41;
            new Span<int>(counts, 40).Clear();
            workers.Run(&Count, counts, parts);
            for (int part = 0; part < 40; part++)
            {
                Assert.Equal(part < parts ? 1 : 0, counts[part]);
            }
        }
    }

    [Fact]
    public void Parked_threads_come_back()
    {
        using Workers workers = Workers.Create(3)!;
        int* counts = stackalloc int[12];
        for (int run = 1; run <= 20; run++)
        {
            Thread.Sleep(2);
            workers.Run(&CountSlowly, counts, 12);
            Assert.All(new Span<int>(counts, 12).ToArray(), count => Assert.Equal(run, count));
        }
    }

    [Fact]
    public void Other_threads_take_part()
    {
        using Workers workers = Workers.Create(2)!;
        int* threads = stackalloc int[16];
        for (int run = 0; run < 100; run++)
        {
            workers.Run(&NoteThread, threads, 16);
            Assert.Equal(Environment.CurrentManagedThreadId, threads[0]);
            if (new Span<int>(threads, 16).ContainsAnyExcept(threads[0]))
            {
                return;
            }
        }

        Assert.Fail("One thread did all the work in 100 runs.");
    }

    [Fact]
    public void Concurrent_callers_all_get_their_work_done()
    {
        using Workers workers = Workers.Create(3)!;
        Thread[] callers = [.. Enumerable.Range(0, 6).Select(_ => new Thread(() => RunMany(workers)))];
        Array.ForEach(callers, static caller => caller.Start());
        Array.ForEach(callers, static caller => caller.Join());

        static void RunMany(Workers workers)
        {
            int* counts = stackalloc int[9];
            for (int run = 1; run <= 5_000; run++)
            {
                workers.Run(&Count, counts, 9);
                for (int part = 0; part < 9; part++)
                {
                    if (counts[part] != run)
                    {
                        throw new InvalidOperationException($"Part {part} ran {counts[part]} times in {run} runs.");
                    }
                }
            }
        }
    }

    [Fact]
    public void A_body_may_use_the_team_itself()
    {
        using Workers workers = Workers.Create(2)!;
        _nested = workers;
        int count = 0;
        for (int run = 1; run <= 1_000; run++)
        {
            workers.Run(&RunNested, &count, 4);
            Assert.Equal(run * 4 * 5, count);
        }

        _nested = null;
    }

    [Fact]
    public void A_disposed_team_leaves_the_work_to_the_caller()
    {
        Workers workers = Workers.Create(4)!;
        int* counts = stackalloc int[7];
        workers.Run(&Count, counts, 7);
        workers.Dispose();
        workers.Dispose();
        workers.Run(&Count, counts, 7);
        Assert.All(new Span<int>(counts, 7).ToArray(), static count => Assert.Equal(2, count));
    }

    [Fact]
    public void Runs_allocate_nothing()
    {
        using Workers workers = Workers.Create(3)!;
        int* counts = stackalloc int[12];
        long allocated = long.MaxValue;

        // Other tests allocate meanwhile on threads of their own, so what counts is this thread; helpers are seen in the quietest of many tries.
        for (int attempt = 0; attempt < 50 && allocated > 0; attempt++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            for (int run = 0; run < 20; run++)
            {
                workers.Run(&CountSlowly, counts, 12);
            }

            Thread.Sleep(1);
            workers.Run(&CountSlowly, counts, 12);
            allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        }

        Assert.Equal(0, allocated);
    }

    [Fact]
    public void A_team_that_nobody_refers_to_ends()
    {
        WeakReference team = Abandon();
        for (int attempt = 0; attempt < 200 && team.IsAlive; attempt++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Thread.Sleep(5);
        }

        Assert.False(team.IsAlive);

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        static WeakReference Abandon()
        {
            Workers workers = Workers.Create(3)!;
            int* counts = stackalloc int[8];
            workers.Run(&Count, counts, 8);
            return new WeakReference(typeof(Workers).GetField("_team", System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance)!.GetValue(workers));
        }
    }

    private static void Count(void* job, int part, int parts) => Interlocked.Increment(ref ((int*)job)[part]);

    private static void CountSlowly(void* job, int part, int parts)
    {
        Thread.SpinWait(200);
        Interlocked.Increment(ref ((int*)job)[part]);
    }

    private static void NoteThread(void* job, int part, int parts)
    {
        Thread.SpinWait(2_000);
        ((int*)job)[part] = Environment.CurrentManagedThreadId;
    }

    private static void RunNested(void* job, int part, int parts) => _nested!.Run(&Add, job, 5);

    private static void Add(void* job, int part, int parts) => Interlocked.Increment(ref *(int*)job);
}
