using System.ComponentModel;
using System.Text;

namespace Formwork.Interop;

/// <summary>The C functions that create and destroy models.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class NativeModels
{
    /// <summary>Loads a model from a file.</summary>
    /// <typeparam name="TModel">The generated model.</typeparam>
    /// <param name="path">Its path, UTF-8.</param>
    /// <param name="threads">Threads that one call works with at most.</param>
    /// <param name="model">Receives the handle.</param>
    public static int CreateFromFile<TModel>(nint path, int threads, nint model)
        where TModel : NativeModel, INativeModel<TModel>
    {
        try
        {
            ref nint handle = ref NativeArgument.Result<nint>(model, "model");
            handle = 0;
            handle = Add(TModel.Load(Encoding.UTF8.GetString(NativeArgument.Text(path, "path")), threads));
            return (int)NativeStatus.Ok;
        }
        catch (Exception exception)
        {
            return NativeErrors.Report(exception);
        }
    }

    /// <summary>Loads a model from a file in memory.</summary>
    /// <typeparam name="TModel">The generated model.</typeparam>
    /// <param name="bytes">The file's bytes.</param>
    /// <param name="length">Their number.</param>
    /// <param name="threads">Threads that one call works with at most.</param>
    /// <param name="model">Receives the handle.</param>
    public static int CreateFromMemory<TModel>(nint bytes, long length, int threads, nint model)
        where TModel : NativeModel, INativeModel<TModel>
    {
        try
        {
            ref nint handle = ref NativeArgument.Result<nint>(model, "model");
            handle = 0;
            handle = Add(TModel.Load(NativeArgument.File(bytes, length, "bytes").Memory, threads));
            return (int)NativeStatus.Ok;
        }
        catch (Exception exception)
        {
            return NativeErrors.Report(exception);
        }
    }

    /// <summary>Refuses new calls on a model, and frees it once none is running.</summary>
    /// <typeparam name="TModel">The generated model.</typeparam>
    /// <param name="model">The handle, or NULL.</param>
    public static int Destroy<TModel>(nint model)
        where TModel : NativeModel, INativeModel<TModel>
    {
        try
        {
            if (model != 0)
            {
                Handles.Remove<TModel>(model, "model").Dispose();
            }

            return (int)NativeStatus.Ok;
        }
        catch (Exception exception)
        {
            return NativeErrors.Report(exception);
        }
    }

    private static nint Add<TModel>(TModel model)
        where TModel : NativeModel, INativeModel<TModel>
    {
        try
        {
            return Handles.Add(model);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }
}
