using System.ComponentModel;

namespace Formwork.Interop;

/// <summary>The C functions that decode on states in the caller's memory. On success none allocates.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class NativeDecoding
{
    /// <summary>Encodes a source.</summary>
    /// <typeparam name="TModel">The generated model.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="state">The state's memory.</param>
    /// <param name="source">Source ids.</param>
    /// <param name="length">Their number.</param>
    public static int Encode<TModel>(nint model, nint state, nint source, int length)
        where TModel : NativeModel, INativeModel<TModel>
    {
        try
        {
            Handles.Get<TModel>(model, "model").Encode(Source<TModel>(source, length), State<TModel>(state));
            return (int)NativeStatus.Ok;
        }
        catch (Exception exception)
        {
            return NativeErrors.Report(exception);
        }
    }

    /// <summary>Decodes one position.</summary>
    /// <typeparam name="TModel">The generated model.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="state">The state's memory.</param>
    /// <param name="token">The token to feed.</param>
    /// <param name="logits">Receives the logits, or NULL.</param>
    public static int Step<TModel>(nint model, nint state, int token, nint logits)
        where TModel : NativeModel, INativeModel<TModel>
    {
        try
        {
            TModel decoder = Handles.Get<TModel>(model, "model");
            if (logits == 0)
            {
                decoder.Feed(token, State<TModel>(state));
            }
            else
            {
                decoder.DecodeStep(token, State<TModel>(state), NativeArgument.Fixed<float>(logits, TModel.Shape.TargetVocabSize, "logits"));
            }

            return (int)NativeStatus.Ok;
        }
        catch (Exception exception)
        {
            return NativeErrors.Report(exception);
        }
    }

    /// <summary>Encodes a source and decodes it greedily.</summary>
    /// <typeparam name="TModel">The generated model.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="state">The state's memory.</param>
    /// <param name="source">Source ids.</param>
    /// <param name="length">Their number.</param>
    /// <param name="target">Receives target ids.</param>
    /// <param name="capacity">The most of them.</param>
    /// <param name="written">Receives their number.</param>
    public static int Generate<TModel>(nint model, nint state, nint source, int length, nint target, int capacity, nint written)
        where TModel : NativeModel, INativeModel<TModel>
    {
        try
        {
            ref int count = ref NativeArgument.Result<int>(written, "written");
            count = 0;
            TModel decoder = Handles.Get<TModel>(model, "model");
            count = decoder.Generate(Source<TModel>(source, length), NativeArgument.Array<int>(target, capacity, "target"), State<TModel>(state));
            return (int)NativeStatus.Ok;
        }
        catch (Exception exception)
        {
            return NativeErrors.Report(exception);
        }
    }

    private static Span<byte> State<TModel>(nint state)
        where TModel : NativeModel, INativeModel<TModel> => NativeArgument.Memory(state, TModel.Shape.StateBytes, "state");

    private static ReadOnlySpan<int> Source<TModel>(nint source, int length)
        where TModel : NativeModel, INativeModel<TModel> => NativeSource.Of(source, length, TModel.Shape);
}
