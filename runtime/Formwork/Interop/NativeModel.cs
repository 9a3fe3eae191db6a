using System.ComponentModel;

namespace Formwork.Interop;

/// <summary>A generated model as C functions call it, on states in the caller's memory.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class NativeModel : IDisposable
{
    private NativeTokenizer? _tokenizer;

    /// <summary>What turns text into ids and back; null where none is attached.</summary>
    internal NativeTokenizer? Tokenizer
    {
        get => Volatile.Read(ref _tokenizer);
        set => Volatile.Write(ref _tokenizer, value);
    }

    /// <summary>Encodes a source and computes the cross cache, so that the state is ready to decode.</summary>
    /// <param name="source">Source ids.</param>
    /// <param name="state">The state's memory.</param>
    public abstract void Encode(ReadOnlySpan<int> source, Span<byte> state);

    /// <summary>Decodes one position.</summary>
    /// <param name="token">The token to feed.</param>
    /// <param name="state">The state's memory.</param>
    /// <param name="logits">Receives the logits of the next token.</param>
    public abstract void DecodeStep(int token, Span<byte> state, Span<float> logits);

    /// <summary>Decodes one position whose logits nobody wants.</summary>
    /// <param name="token">The token to feed.</param>
    /// <param name="state">The state's memory.</param>
    public abstract void Feed(int token, Span<byte> state);

    /// <summary>Encodes a source and decodes it greedily.</summary>
    /// <param name="source">Source ids.</param>
    /// <param name="target">Receives target ids.</param>
    /// <param name="state">The state's memory.</param>
    /// <returns>The number of ids written.</returns>
    public abstract int Generate(ReadOnlySpan<int> source, Span<int> target, Span<byte> state);

    /// <summary>Frees the model once no call uses it.</summary>
    public abstract void Dispose();
}
