using System.ComponentModel;
using Formwork.Generation;

namespace Formwork.Interop;

/// <summary>The C functions of beam search. Once a search is made, none allocates on success.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class NativeSearching
{
    /// <summary>Makes a search.</summary>
    /// <typeparam name="TModel">The generated model.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="options">The options, or NULL.</param>
    /// <param name="search">Receives the handle.</param>
    public static int Create<TModel>(nint model, nint options, nint search)
        where TModel : NativeModel, INativeSearcher
    {
        try
        {
            ref nint handle = ref NativeArgument.Result<nint>(search, "search");
            handle = 0;
            handle = Handles.Add(Handles.Get<TModel>(model, "model").CreateSearch(NativeSearchOptions.Read(options, TModel.MaxBeams)));
            return (int)NativeStatus.Ok;
        }
        catch (Exception exception)
        {
            return NativeErrors.Report(exception);
        }
    }

    /// <summary>Gives a search back.</summary>
    /// <param name="search">The handle, or NULL.</param>
    public static int Destroy(nint search)
    {
        try
        {
            if (search != 0)
            {
                Handles.Remove<Search>(search, "search");
            }

            return (int)NativeStatus.Ok;
        }
        catch (Exception exception)
        {
            return NativeErrors.Report(exception);
        }
    }

    /// <summary>Encodes a source and searches its target.</summary>
    /// <typeparam name="TModel">The generated model.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="batch">The batch's memory.</param>
    /// <param name="search">The search.</param>
    /// <param name="source">Source ids.</param>
    /// <param name="length">Their number.</param>
    /// <param name="found">Receives the number of hypotheses, or NULL.</param>
    public static int Generate<TModel>(nint model, nint batch, nint search, nint source, int length, nint found)
        where TModel : NativeModel, INativeModel<TModel>, INativeSearcher
    {
        try
        {
            Search run = Handles.Get<Search>(search, "search");
            Handles.Get<TModel>(model, "model").Generate(NativeSource.Of(source, length, TModel.Shape), run, NativeArgument.Memory(batch, TModel.BatchBytes, "batch"));
            if (found != 0)
            {
                NativeArgument.Result<int>(found, "found") = run.Count;
            }

            return (int)NativeStatus.Ok;
        }
        catch (Exception exception)
        {
            return NativeErrors.Report(exception);
        }
    }

    /// <summary>Copies a hypothesis of a search's last run.</summary>
    /// <param name="search">The search.</param>
    /// <param name="index">Its number, the best one 0.</param>
    /// <param name="target">Receives its ids.</param>
    /// <param name="capacity">The most of them.</param>
    /// <param name="length">Receives their number.</param>
    /// <param name="score">Receives its score, or NULL.</param>
    public static int Hypothesis(nint search, int index, nint target, int capacity, nint length, nint score)
    {
        try
        {
            ref int count = ref NativeArgument.Result<int>(length, "length");
            count = 0;
            Span<int> room = NativeArgument.Array<int>(target, capacity, "target");
            Search run = Handles.Get<Search>(search, "search");
            if ((uint)index >= (uint)run.Count)
            {
                throw NativeException.Argument($"index is {index}, but the search's last run found {run.Count} hypotheses, counted from 0.");
            }

            Hypothesis hypothesis = run[index];
            count = hypothesis.Tokens.Length;
            if (score != 0)
            {
                NativeArgument.Result<float>(score, "score") = hypothesis.Score;
            }

            if (!hypothesis.Tokens.TryCopyTo(room))
            {
                throw new NativeException(NativeStatus.BufferTooSmall, $"The hypothesis has {count} ids, but target has room for {room.Length}.");
            }

            return (int)NativeStatus.Ok;
        }
        catch (Exception exception)
        {
            return NativeErrors.Report(exception);
        }
    }
}
