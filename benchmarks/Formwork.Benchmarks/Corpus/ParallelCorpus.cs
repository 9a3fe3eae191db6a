namespace Formwork.Benchmarks.Corpus;

/// <summary>Sentences and their translations by people.</summary>
/// <param name="English">English sentences.</param>
/// <param name="French">As many French ones.</param>
internal sealed record ParallelCorpus(string[] English, string[] French);
