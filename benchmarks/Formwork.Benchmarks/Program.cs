using Formwork.Benchmarks;
using Formwork.Benchmarks.Commands;

// The commands and their options: dotnet run --project benchmarks/Formwork.Benchmarks -c Release -- --help
try
{
    return BenchmarkCommand.Invoke(args);
}
catch (UserErrorException problem)
{
    return BenchmarkCommand.Fail(problem.Message);
}
