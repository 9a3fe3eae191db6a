namespace Formwork.Tests.State;

public class LifetimeTests
{
    [Fact]
    public void What_is_owned_is_disposed_once_the_last_call_has_returned()
    {
        Resource first = new();
        Resource second = new();
        Lifetime lifetime = new(first, null, second);
        lifetime.Enter();
        lifetime.Enter();
        lifetime.Dispose();
        Assert.Equal(0, first.Disposed);
        Assert.Throws<ObjectDisposedException>(lifetime.Enter);
        lifetime.Exit();
        Assert.Equal(0, first.Disposed);
        lifetime.Exit();
        Assert.Equal(1, first.Disposed);
        Assert.Equal(1, second.Disposed);
        Assert.Throws<ObjectDisposedException>(lifetime.Enter);
        lifetime.Dispose();
        Assert.Equal(1, first.Disposed);
    }

    [Fact]
    public void Calls_from_many_threads_never_see_what_is_disposed()
    {
        for (int trial = 0; trial < 200; trial++)
        {
            Resource resource = new();
            Lifetime lifetime = new(resource);
            int inside = 0;
            Parallel.For(0, 8, call =>
            {
                if (call == 3)
                {
                    lifetime.Dispose();
                    return;
                }

                try
                {
                    lifetime.Enter();
                }
                catch (ObjectDisposedException)
                {
                    return;
                }

                Interlocked.Increment(ref inside);
                Assert.Equal(0, resource.Disposed);
                Thread.Yield();
                Assert.Equal(0, resource.Disposed);
                lifetime.Exit();
            });
            Assert.Equal(1, resource.Disposed);
            Assert.InRange(inside, 0, 7);
        }
    }

    [Fact]
    public void A_use_that_is_refused_leaves_the_state_as_it_was()
    {
        int mark = 0;
        Lifetime lifetime = new();
        using (StateUse use = new(ref mark, lifetime))
        {
            InvalidOperationException refusal = Assert.Throws<InvalidOperationException>(() => Begin(ref mark, lifetime));
            Assert.Contains("CreateState", refusal.Message, StringComparison.Ordinal);
            Assert.Throws<InvalidOperationException>(() => Begin(ref mark, lifetime));
        }

        Begin(ref mark, lifetime);
        lifetime.Dispose();
        Assert.Throws<ObjectDisposedException>(() => Begin(ref mark, lifetime));
        Begin(ref mark, new());
    }

    private static void Begin(ref int mark, Lifetime lifetime)
    {
        using StateUse use = new(ref mark, lifetime);
    }

    private sealed class Resource : IDisposable
    {
        private int _disposed;

        public int Disposed => Volatile.Read(ref _disposed);

        public void Dispose() => Interlocked.Increment(ref _disposed);
    }
}
