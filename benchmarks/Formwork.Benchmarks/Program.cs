using BenchmarkDotNet.Running;

// dotnet run --project benchmarks/Formwork.Benchmarks -c Release -- --filter '*'
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
