namespace Formwork.Benchmarks.Accuracy;

/// <summary>Errors of logits, of all tokens of the vocabulary at every step.</summary>
/// <param name="Max">The largest magnitude.</param>
/// <param name="Mean">The mean magnitude.</param>
/// <param name="MaxPercentOfRange">The largest in percent of the distance between its step's least and greatest logit.</param>
/// <param name="MeanPercentOfRange">The mean, over the steps, of the mean in percent of that distance.</param>
internal readonly record struct LogitErrorReport(double Max, double Mean, double MaxPercentOfRange, double MeanPercentOfRange);
