using System.CommandLine;
using System.Globalization;
using Formwork.Benchmarks.Shapes;

namespace Formwork.Benchmarks.Commands;

/// <summary>The options that the commands share which measure shapes.</summary>
internal sealed class MeasuringOptions
{
    private const double LongestSeconds = 3600;

    private readonly Option<string[]> _shapes = new("--shape")
    {
        Description = $"The shapes: {string.Join(", ", ShapeCatalogue.Shapes.Select(static shape => shape.Name))} or {ShapeCatalogue.All}.",
        HelpName = "name",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = static _ => [ShapeCatalogue.All],
    };

    private readonly Option<string[]> _weights = new("--weights")
    {
        HelpName = "type",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = static _ => ["float32"],
    };

    private readonly ThreadsOption _threads = new("Threads that one sentence is computed on.");

    private readonly Option<double> _seconds = new("--seconds")
    {
        Description = "Seconds of measuring for each combination.",
        HelpName = "s",
        DefaultValueFactory = static _ => 2,
    };

    /// <summary>Makes the options; commands differ in which weight types make sense.</summary>
    public MeasuringOptions(string weights) => _weights.Description = weights;

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_shapes);
        command.Add(_weights);
        _threads.AddTo(command);
        command.Add(_seconds);
    }

    /// <summary>The names of the shapes asked for.</summary>
    public IReadOnlyList<string> Shapes(ParseResult result) => result.GetRequiredValue(_shapes);

    /// <summary>The weight types asked for.</summary>
    public IReadOnlyList<string> Weights(ParseResult result) => result.GetRequiredValue(_weights);

    /// <summary>The threads asked for.</summary>
    /// <exception cref="UserErrorException">The number makes no sense.</exception>
    public int Threads(ParseResult result) => _threads.Read(result);

    /// <summary>The seconds asked for.</summary>
    /// <exception cref="UserErrorException">The number makes no sense.</exception>
    public double Seconds(ParseResult result)
    {
        double seconds = result.GetValue(_seconds);
        return seconds is > 0 and <= LongestSeconds
            ? seconds
            : throw new UserErrorException(string.Create(CultureInfo.InvariantCulture, $"--seconds {seconds}: a number above 0, {LongestSeconds} at most"));
    }
}
