namespace Formwork.Pipeline;

/// <summary>A sentence that is too long for the model's source and was cut: what <see cref="TranslatorOptions.OnSplit"/> is told.</summary>
/// <param name="Text">The sentence, or the text where sentences are not split.</param>
/// <param name="Parts">The parts that it is translated in, in order, without the white space between them.</param>
public sealed record SplitSentence(string Text, IReadOnlyList<string> Parts);
