namespace Translate.Sentences;

/// <summary>Translates a text part by part.</summary>
internal interface ITranslator
{
    /// <summary>Translates a part.</summary>
    /// <param name="part">The part.</param>
    /// <param name="isFirst">Whether the text begins with it.</param>
    /// <returns>At least one translation, the best one first.</returns>
    IReadOnlyList<Translation> Translate(TextPart part, bool isFirst);
}
