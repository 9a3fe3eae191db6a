using System.CommandLine;

namespace Formwork.Benchmarks.Commands;

/// <summary><c>--threads</c>, which most commands have.</summary>
internal sealed class ThreadsOption
{
    private readonly Option<int> _option;

    /// <summary>Makes the option.</summary>
    public ThreadsOption(string description) => _option = new("--threads")
    {
        Description = description,
        HelpName = "n",
        DefaultValueFactory = static _ => 1,
    };

    /// <summary>Adds the option to a command.</summary>
    public void AddTo(Command command) => command.Add(_option);

    /// <summary>The threads asked for.</summary>
    /// <exception cref="UserErrorException">The number makes no sense.</exception>
    public int Read(ParseResult result)
    {
        int threads = result.GetValue(_option);
        return threads >= 1 && threads <= Environment.ProcessorCount
            ? threads
            : throw new UserErrorException($"--threads {threads}: this machine has 1 to {Environment.ProcessorCount}");
    }
}
