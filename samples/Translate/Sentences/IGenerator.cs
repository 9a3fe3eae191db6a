namespace Translate.Sentences;

/// <summary>Finds the target of a source, in a way that can be measured: in two steps, the first of which can be run alone.</summary>
internal interface IGenerator
{
    /// <summary>Runs everything that depends on the source alone: the encoder, then every decoder layer's cross-attention keys and values.</summary>
    void Encode(ReadOnlySpan<int> source);

    /// <summary>Encodes a source and decodes it; returns how many tokens were written, the end token included.</summary>
    int Generate(ReadOnlySpan<int> source, Span<int> target);
}
