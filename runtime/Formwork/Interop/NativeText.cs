using System.Buffers;
using System.ComponentModel;
using System.Text;
using Formwork.Text;

namespace Formwork.Interop;

/// <summary>The C functions that go from text to text.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class NativeText
{
    /// <summary>Attaches tokenisers from files.</summary>
    /// <typeparam name="TModel">The generated model.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="sourcePath">The source's tokeniser, UTF-8.</param>
    /// <param name="targetPath">The target's, or NULL where it is the same.</param>
    /// <param name="before">The id before the pieces of a source, or −1.</param>
    /// <param name="after">The id after them, or −1.</param>
    public static int AttachFiles<TModel>(nint model, nint sourcePath, nint targetPath, int before, int after)
        where TModel : NativeModel, INativeModel<TModel>
    {
        try
        {
            TModel owner = Handles.Get<TModel>(model, "model");
            SentencePieceModel source = SentencePieceModel.Load(Encoding.UTF8.GetString(NativeArgument.Text(sourcePath, "source_path")));
            SentencePieceModel target = targetPath == 0 ? source : SentencePieceModel.Load(Encoding.UTF8.GetString(NativeArgument.Text(targetPath, "target_path")));
            owner.Tokenizer = new(source, target, before, after, TModel.Shape);
            return (int)NativeStatus.Ok;
        }
        catch (Exception exception)
        {
            return NativeErrors.Report(exception);
        }
    }

    /// <summary>Attaches tokenisers from files in memory.</summary>
    /// <typeparam name="TModel">The generated model.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="sourceBytes">The source's tokeniser.</param>
    /// <param name="sourceLength">Its bytes.</param>
    /// <param name="targetBytes">The target's, or NULL where it is the same.</param>
    /// <param name="targetLength">Its bytes.</param>
    /// <param name="before">The id before the pieces of a source, or −1.</param>
    /// <param name="after">The id after them, or −1.</param>
    public static int AttachMemory<TModel>(nint model, nint sourceBytes, long sourceLength, nint targetBytes, long targetLength, int before, int after)
        where TModel : NativeModel, INativeModel<TModel>
    {
        try
        {
            TModel owner = Handles.Get<TModel>(model, "model");
            SentencePieceModel source = SentencePieceModel.FromBytes(NativeArgument.File(sourceBytes, sourceLength, "source_bytes").GetSpan());
            SentencePieceModel target = targetBytes == 0 && targetLength == 0
                ? source
                : SentencePieceModel.FromBytes(NativeArgument.File(targetBytes, targetLength, "target_bytes").GetSpan());
            owner.Tokenizer = new(source, target, before, after, TModel.Shape);
            return (int)NativeStatus.Ok;
        }
        catch (Exception exception)
        {
            return NativeErrors.Report(exception);
        }
    }

    /// <summary>Generates a text from a text, greedily.</summary>
    /// <typeparam name="TModel">The generated model.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="state">The state's memory.</param>
    /// <param name="text">The text, UTF-8.</param>
    /// <param name="buffer">Receives the target, UTF-8, with a zero at its end.</param>
    /// <param name="capacity">Bytes of the buffer.</param>
    /// <param name="needed">Receives the bytes that the target takes with its zero, or NULL.</param>
    public static int Translate<TModel>(nint model, nint state, nint text, nint buffer, nuint capacity, nint needed)
        where TModel : NativeModel, INativeModel<TModel>
    {
        int[] ids = [];
        try
        {
            NativeTextBuffer result = new(buffer, capacity, needed);
            TModel decoder = Handles.Get<TModel>(model, "model");
            Span<byte> memory = NativeArgument.Memory(state, TModel.Shape.StateBytes, "state");
            ReadOnlySpan<byte> input = NativeArgument.Text(text, "text");
            NativeTokenizer tokenizer = decoder.Tokenizer
                ?? throw new NativeException(NativeStatus.Vocabulary, "No tokeniser is attached to the model: attach one first.");

            NativeShape shape = TModel.Shape;
            ids = ArrayPool<int>.Shared.Rent(shape.SourceLength + shape.TargetLength);
            int length = tokenizer.Encode(input, ids, shape);
            Span<int> target = ids.AsSpan(shape.SourceLength, shape.TargetLength);
            int written = decoder.Generate(ids.AsSpan(0, length), target, memory);
            result.Write(Decode(tokenizer.Target, target[..written], shape));
            return (int)NativeStatus.Ok;
        }
        catch (Exception exception)
        {
            return NativeErrors.Report(exception);
        }
        finally
        {
            if (ids.Length > 0)
            {
                ArrayPool<int>.Shared.Return(ids);
            }
        }
    }

    private static string Decode(SentencePieceModel tokenizer, ReadOnlySpan<int> target, NativeShape shape)
    {
        // The end token may be an id that the tokeniser does not have.
        ReadOnlySpan<int> pieces = !target.IsEmpty && target[^1] == shape.EndToken ? target[..^1] : target;
        foreach (int id in pieces)
        {
            if (id >= tokenizer.PieceCount)
            {
                throw new NativeException(
                    NativeStatus.Vocabulary, $"The model produced id {id}, but the target tokeniser has {tokenizer.PieceCount} pieces: they may not belong together.");
            }
        }

        return tokenizer.Decode(pieces);
    }
}
