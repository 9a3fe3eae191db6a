namespace Translate.Sentences;

/// <summary>What translating asks of a model, so that the whole model and the one without cross-attention can stand in for each other.</summary>
internal interface ITranslationModel : IDisposable
{
    /// <summary>Runs everything that depends on the source alone: the encoder, then every decoder layer's cross-attention keys and values.</summary>
    void Encode(ReadOnlySpan<int> source);

    /// <summary>Encodes a source and decodes it greedily; returns how many tokens were written, the end token included.</summary>
    int Generate(ReadOnlySpan<int> source, Span<int> target);
}
