namespace Formwork.Pipeline;

/// <summary>A target that reached its greatest length before the model ended it: what <see cref="TranslatorOptions.OnTruncated"/> is told.</summary>
/// <param name="Source">What was translated: a sentence, or a part of one.</param>
/// <param name="Target">What the model had written so far.</param>
/// <param name="Length">Ids of the target.</param>
public sealed record TruncatedTarget(string Source, string Target, int Length);
