using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace Formwork.Generation;

/// <summary>Argument checks that every generated model makes, with one clear message each.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Check
{
    /// <summary>Checks a source before it is encoded.</summary>
    /// <param name="source">The ids.</param>
    /// <param name="maximum">The most ids.</param>
    /// <param name="vocabulary">Number of ids in the vocabulary.</param>
    /// <exception cref="ArgumentException">The source is empty or too long, or holds an id outside the vocabulary.</exception>
    public static void Source(ReadOnlySpan<int> source, int maximum, int vocabulary)
    {
        if (source.IsEmpty)
        {
            throw new ArgumentException("The source is empty: it needs at least one token. (Most families end a source with their end token.)", nameof(source));
        }

        if (source.Length > maximum)
        {
            throw new ArgumentException(
                $"The source has {source.Length} tokens, but this model was generated for at most SourceLength = {maximum}: split the source, or raise SourceLength in its [Transformer] attribute.",
                nameof(source));
        }

        Ids(source, vocabulary, nameof(source));
    }

    /// <summary>Checks a target before it is scored.</summary>
    /// <param name="target">The ids.</param>
    /// <param name="maximum">The most ids.</param>
    /// <param name="vocabulary">Number of ids in the vocabulary.</param>
    /// <param name="logProbabilities">Length of the span for the results.</param>
    /// <exception cref="ArgumentException">The target is too long, holds an id outside the vocabulary, or the results' span has another length.</exception>
    public static void Target(ReadOnlySpan<int> target, int maximum, int vocabulary, int logProbabilities)
    {
        if (target.Length > maximum)
        {
            throw new ArgumentException(
                $"The target has {target.Length} tokens, but this model was generated for at most TargetLength = {maximum}: shorten the target, or raise TargetLength in its [Transformer] attribute.",
                nameof(target));
        }

        if (logProbabilities != target.Length)
        {
            throw new ArgumentException($"A target of {target.Length} tokens has as many log-probabilities, but the span holds {logProbabilities}.", nameof(logProbabilities));
        }

        Ids(target, vocabulary, nameof(target));
    }

    /// <summary>Checks one decoder step.</summary>
    /// <param name="token">The token to feed.</param>
    /// <param name="vocabulary">Number of ids in the vocabulary.</param>
    /// <param name="phase">How far the state has come.</param>
    /// <param name="position">The position to decode.</param>
    /// <param name="maximum">The most positions.</param>
    /// <param name="logits">Length of the span for the logits.</param>
    /// <exception cref="ArgumentException">The token is outside the vocabulary, or the logits have another length.</exception>
    /// <exception cref="InvalidOperationException">The state is not ready, or all positions are decoded.</exception>
    public static void Step(int token, int vocabulary, StatePhase phase, int position, int maximum, int logits)
    {
        if (phase != StatePhase.Ready)
        {
            throw new InvalidOperationException(phase == StatePhase.Empty
                ? "The state is empty: call Encode and PrecomputeCrossCache before DecodeStep."
                : "The cross cache is missing: call PrecomputeCrossCache after Encode and before DecodeStep.");
        }

        if (position >= maximum)
        {
            throw new InvalidOperationException(
                $"All TargetLength = {maximum} positions are decoded: start again with the state's Rewind or with Encode, or raise TargetLength in the [Transformer] attribute.");
        }

        if ((uint)token >= (uint)vocabulary)
        {
            throw new ArgumentOutOfRangeException(nameof(token), token, $"A target id lies between 0 and {vocabulary - 1}.");
        }

        if (logits != vocabulary)
        {
            throw new ArgumentException($"The logits need TargetVocabSize = {vocabulary} values, but the span holds {logits}.", nameof(logits));
        }
    }

    /// <summary>Checks that a source has just been encoded: decoding reuses the memory of the encoder's output.</summary>
    /// <param name="phase">How far the state has come.</param>
    /// <exception cref="InvalidOperationException">Nothing has been encoded, or the cross cache is computed already.</exception>
    public static void Encoded(StatePhase phase)
    {
        if (phase != StatePhase.Encoded)
        {
            throw new InvalidOperationException(phase == StatePhase.Empty
                ? "The state is empty: call Encode before PrecomputeCrossCache."
                : "The cross cache of this source is computed already: call the state's Rewind to decode the source again, or Encode for another one.");
        }
    }

    /// <summary>Checks that decoding can start again.</summary>
    /// <param name="phase">How far the state has come.</param>
    /// <exception cref="InvalidOperationException">The state is not ready to decode.</exception>
    public static void Ready(StatePhase phase)
    {
        if (phase != StatePhase.Ready)
        {
            throw new InvalidOperationException("The state is not ready to decode: call Encode and PrecomputeCrossCache first.");
        }
    }

    /// <summary>Checks memory for a state.</summary>
    /// <param name="memory">Its bytes.</param>
    /// <param name="needed">The bytes of a state.</param>
    /// <exception cref="ArgumentException">The memory is too small.</exception>
    public static void StateMemory(int memory, int needed)
    {
        if (memory < needed)
        {
            throw new ArgumentException($"A state takes StateBytes = {needed} bytes, but the memory has {memory}.", nameof(memory));
        }
    }

    /// <summary>Checks memory for a batch.</summary>
    /// <param name="memory">Its bytes.</param>
    /// <param name="needed">The bytes of a batch.</param>
    /// <exception cref="ArgumentException">The memory is too small.</exception>
    public static void BatchMemory(int memory, int needed)
    {
        if (memory < needed)
        {
            throw new ArgumentException($"A batch takes BatchBytes = {needed} bytes, but the memory has {memory}.", nameof(memory));
        }
    }

    /// <summary>Checks the sources of a batch, before any is encoded.</summary>
    /// <param name="sources">The sources' ids, one source after another.</param>
    /// <param name="sourceLengths">The sources' lengths.</param>
    /// <param name="maximum">The most ids of a source.</param>
    /// <param name="vocabulary">Number of ids in the vocabulary.</param>
    /// <exception cref="ArgumentException">A source is empty or too long or holds an id outside the vocabulary, or the lengths do not add up.</exception>
    public static void Batch(ReadOnlySpan<int> sources, ReadOnlySpan<int> sourceLengths, int maximum, int vocabulary)
    {
        int start = 0;
        for (int index = 0; index < sourceLengths.Length; index++)
        {
            int length = sourceLengths[index];
            if (length <= 0 || length > maximum || length > sources.Length - start)
            {
                throw new ArgumentException(
                    $"Source {index} has a length of {length}, but lengths lie between 1 and SourceLength = {maximum}, and {sources.Length - start} ids are left.",
                    nameof(sourceLengths));
            }

            Ids(sources.Slice(start, length), vocabulary, "source", index);
            start += length;
        }

        if (start != sources.Length)
        {
            throw new ArgumentException($"The lengths of the sources add up to {start}, but {sources.Length} ids are given.", nameof(sources));
        }
    }

    /// <summary>Checks the sources of a batch and the room for its targets, before any is encoded.</summary>
    /// <param name="sources">The sources' ids, one source after another.</param>
    /// <param name="sourceLengths">The sources' lengths.</param>
    /// <param name="maximum">The most ids of a source.</param>
    /// <param name="vocabulary">Number of ids in the vocabulary.</param>
    /// <param name="targets">Length of the span for the targets.</param>
    /// <param name="targetLength">Ids of room that each target has.</param>
    /// <param name="targetLengths">Length of the span for the targets' lengths.</param>
    /// <exception cref="ArgumentException">A source is empty or too long or holds an id outside the vocabulary, or a span has another length.</exception>
    public static void Batch(
        ReadOnlySpan<int> sources, ReadOnlySpan<int> sourceLengths, int maximum, int vocabulary, int targets, int targetLength, int targetLengths)
    {
        Batch(sources, sourceLengths, maximum, vocabulary);
        if (targets < (long)sourceLengths.Length * targetLength)
        {
            throw new ArgumentException($"{sourceLengths.Length} targets of TargetLength = {targetLength} ids take {(long)sourceLengths.Length * targetLength}, but the span holds {targets}.", nameof(targets));
        }

        if (targetLengths != sourceLengths.Length)
        {
            throw new ArgumentException($"There are {sourceLengths.Length} sources, but room for {targetLengths} lengths of targets.", nameof(targetLengths));
        }
    }

    /// <summary>Checks a search before it runs.</summary>
    /// <param name="search">The search.</param>
    /// <param name="shape">What it has to know of the model.</param>
    /// <param name="rows">The most hypotheses that the memory has room for.</param>
    /// <exception cref="ArgumentException">The search belongs to another model, or follows more hypotheses.</exception>
    public static void Search(Search search, DecodingShape shape, int rows)
    {
        ArgumentNullException.ThrowIfNull(search);
        ArgumentNullException.ThrowIfNull(shape);
        if (search.Shape != shape)
        {
            throw new ArgumentException($"The search was made for {search.Shape.Model}, but {shape.Model} is to run it: make one with this model's CreateSearch.", nameof(search));
        }

        if (search.MaxRows > rows)
        {
            throw new ArgumentException(
                $"The search follows {search.MaxRows} hypotheses at once, but a state holds one: run it on a batch, which CreateBatch allocates.", nameof(search));
        }
    }

    /// <summary>Checks the searches of a batch before they run.</summary>
    /// <param name="searches">The searches.</param>
    /// <param name="shape">What they have to know of the model.</param>
    /// <param name="slots">Number of sources that are searched at once.</param>
    /// <exception cref="ArgumentException">Their number is another one, a search is null or given twice or belongs to another model, or their options differ.</exception>
    public static void Searches(ReadOnlySpan<Search> searches, DecodingShape shape, int slots)
    {
        if (searches.Length != slots)
        {
            throw new ArgumentException($"A batch takes MaxBatch = {slots} searches, but {searches.Length} are given: make them with CreateSearches.", nameof(searches));
        }

        for (int index = 0; index < searches.Length; index++)
        {
            Search(searches[index], shape, int.MaxValue);
            if (!ReferenceEquals(searches[index].Options, searches[0].Options) || IsAmong(searches[..index], searches[index]))
            {
                throw new ArgumentException($"Search {index} has other options than the first, or is given twice: make the searches of a batch with CreateSearches.", nameof(searches));
            }
        }
    }

    /// <summary>Checks that a state is still at the source that a stream decodes.</summary>
    /// <param name="begun">The run that the stream began with.</param>
    /// <param name="present">The state's present run.</param>
    /// <exception cref="InvalidOperationException">The state has been used for another source.</exception>
    public static void Run(int begun, int present)
    {
        if (begun != present)
        {
            throw new InvalidOperationException(
                "The state has been used for another source since this stream began, so its tokens are lost: give the stream a state of its own with CreateState.");
        }
    }

    /// <summary>Checks the place of recorded cross-attention weights.</summary>
    /// <param name="layer">The layer asked for.</param>
    /// <param name="layers">The recorded layers.</param>
    /// <param name="head">The head asked for.</param>
    /// <param name="heads">The recorded heads.</param>
    /// <param name="position">The position asked for.</param>
    /// <param name="decoded">Number of positions that have been decoded.</param>
    /// <exception cref="ArgumentOutOfRangeException">Nothing is recorded there.</exception>
    public static void Recorded(int layer, ReadOnlySpan<int> layers, int head, ReadOnlySpan<int> heads, int position, int decoded)
    {
        Recorded(layer, layers, nameof(layer), "decoder layers", "RecordLayers");
        Recorded(head, heads, nameof(head), "heads", "RecordHeads");
        Decoded(position, decoded);
    }

    /// <summary>Checks what the average of recorded cross-attention weights is asked for.</summary>
    /// <param name="position">The position asked for.</param>
    /// <param name="decoded">Number of positions that have been decoded.</param>
    /// <param name="weights">Length of the span for the weights.</param>
    /// <param name="encodedLength">Number of source tokens.</param>
    /// <exception cref="ArgumentOutOfRangeException">The position has not been decoded.</exception>
    /// <exception cref="ArgumentException">The span has another length.</exception>
    public static void Averaged(int position, int decoded, int weights, int encodedLength)
    {
        Decoded(position, decoded);
        if (weights != encodedLength)
        {
            throw new ArgumentException($"There is one weight for each of EncodedLength = {encodedLength} source tokens, but the span holds {weights}.", nameof(weights));
        }
    }

    private static bool IsAmong(ReadOnlySpan<Search> searches, Search wanted)
    {
        foreach (Search search in searches)
        {
            if (ReferenceEquals(search, wanted))
            {
                return true;
            }
        }

        return false;
    }

    private static void Recorded(int value, ReadOnlySpan<int> recorded, string name, string what, string option)
    {
        if (!recorded.Contains(value))
        {
            throw new ArgumentOutOfRangeException(
                name, value, $"Cross-attention is recorded of {what} {string.Join(", ", recorded.ToArray())}, counted from 0; {option} in the [Transformer] attribute chooses them.");
        }
    }

    private static void Decoded(int position, int decoded)
    {
        if ((uint)position >= (uint)decoded)
        {
            throw new ArgumentOutOfRangeException(nameof(position), position, $"There are {decoded} decoded positions, counted from 0.");
        }
    }

    private static void Ids(ReadOnlySpan<int> ids, int vocabulary, string name, int index = -1)
    {
        for (int position = 0; position < ids.Length; position++)
        {
            if ((uint)ids[position] >= (uint)vocabulary)
            {
                ThrowId(ids[position], position, vocabulary, name, index);
            }
        }
    }

    [DoesNotReturn]
    private static void ThrowId(int id, int position, int vocabulary, string name, int index) => throw new ArgumentException(
        $"Token {position} of {(index < 0 ? $"the {name}" : $"{name} {index}")} is {id}, but ids lie between 0 and {vocabulary - 1}: the tokeniser and the model do not belong together.", name);
}
