namespace Formwork.Aot.Tests;

/// <summary>Counts checks. xunit needs reflection, so a native test program brings its own few lines.</summary>
internal sealed class Checks
{
    private int _passed;
    private int _failed;
    private int _skipped;

    /// <summary>Runs a check; an exception is its failure.</summary>
    /// <param name="name">What is checked.</param>
    /// <param name="check">Throws where it does not hold.</param>
    public void Run(string name, Action check)
    {
        try
        {
            check();
            _passed++;
            Console.WriteLine($"passed   {name}");
        }
#pragma warning disable CA1031 // whatever a check throws is that check's failure
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _failed++;
            Console.WriteLine($"FAILED   {name}: {exception}");
        }
    }

    /// <summary>Runs a check that needs a file, or says that it is not there.</summary>
    public void RunWith(string? path, string name, Action<string> check)
    {
        if (path is not null && Path.Exists(path))
        {
            Run(name, () => check(path));
            return;
        }

        _skipped++;
        Console.WriteLine($"skipped  {name}: its files are not on this machine");
    }

    /// <summary>Prints the count and gives the exit code.</summary>
    public int Finish()
    {
        Console.WriteLine($"{_passed} passed, {_failed} failed, {_skipped} skipped");
        return _failed == 0 && _passed > 0 ? 0 : 1;
    }

    /// <summary>Fails the check where two sequences differ.</summary>
    public static void Same(ReadOnlySpan<int> expected, ReadOnlySpan<int> found, string what)
    {
        if (!expected.SequenceEqual(found))
        {
            throw new InvalidOperationException($"{what}: expected {string.Join(',', expected.ToArray())}, found {string.Join(',', found.ToArray())}");
        }
    }

    /// <summary>Fails the check where a number is farther from what is expected than allowed.</summary>
    public static void Near(double expected, double found, double tolerance, string what)
    {
        if (!(Math.Abs(expected - found) <= tolerance))
        {
            throw new InvalidOperationException($"{what}: expected {expected} ± {tolerance}, found {found}");
        }
    }
}
