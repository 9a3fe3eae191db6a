using System.Text;
using Formwork.Generation;
using Formwork.Text;

namespace Formwork.Pipeline;

/// <summary>
/// Text in, text out: a model, its tokeniser, and what lies between them and a text of any length. A text is cut into sentences
/// (<see cref="SentenceSplitter"/>), each becomes a source, and the targets' text takes the sentences' places; white space and line ends stay as they were.
/// </summary>
/// <remarks>
/// <para>Stretches without a letter or a digit stay as they are, so an empty text gives itself back. A sentence that does not fit the model's
/// source is cut at a clause, else between words, else between characters, and <see cref="TranslatorOptions.OnSplit"/> is told.</para>
/// <para>One call at a time uses a translator; a second one gets an <see cref="InvalidOperationException"/>. Translators of one model, made by
/// <see cref="Create"/> or <see cref="WithLanguages(string, string)"/>, have memory of their own and may run at the same time.</para>
/// <para><see cref="Translate"/>, <see cref="TranslateBatch"/> in any grouping and <see cref="Stream"/> give the same text.</para>
/// </remarks>
public sealed partial class Translator : IDisposable
{
    private readonly ModelSession _session;
    private readonly TranslatorOptions _options;
    private readonly TextSources _sources;
    private readonly IDisposable? _owned;
    private int _isInUse;
    private int _calls;
    private volatile bool _isDisposed;

    private Translator(ModelSession session, ITokenizer tokenizer, TranslatorOptions options, IDisposable? owned)
    {
        _session = session;
        _options = options;
        _sources = new(tokenizer, session.Shape.SourceLength, options);
        _owned = owned;
        Tokenizer = tokenizer;
    }

    /// <summary>The tokeniser.</summary>
    public ITokenizer Tokenizer { get; }

    /// <summary>How targets are searched for, with the first id that the target's language demands.</summary>
    public GenerationOptions Generation => _session.Generation;

    /// <summary>Translates a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="cancellation">Ends the call between two tokens.</param>
    /// <exception cref="PipelineException">A character does not fit the model's source, or its targets begin with their language and none was chosen.</exception>
    /// <exception cref="ArgumentException">The tokeniser gave an id outside the model's vocabulary.</exception>
    /// <exception cref="GenerationException">The logits were of no use, or the rules left no token.</exception>
    /// <exception cref="InvalidOperationException">Another call uses the translator.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled; the translator may be used again.</exception>
    public string Translate(string text, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        using Call call = Enter();
        var result = new StringBuilder(text.Length);
        foreach (SourcePart part in _sources.Of(text))
        {
            cancellation.ThrowIfCancellationRequested();
            if (part.Source is null)
            {
                result.Append(text, part.Start, part.End - part.Start);
                continue;
            }

            _session.Generate(part.Source, cancellation);
            (string target, int? truncated) = Read(_session.Search);
            result.Append(target);
            Tell(text, part, target, truncated);
        }

        return result.ToString();
    }

    /// <summary>Translates many texts. The sentences of all of them go through the model's batch together, the longest first.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="progress">Receives the number of texts that are done, each time that it grows.</param>
    /// <param name="cancellation">Ends the call between two tokens.</param>
    /// <returns>The translations, in the order of the texts.</returns>
    /// <exception cref="ArgumentNullException">The list or one of its texts is null.</exception>
    /// <exception cref="PipelineException">A character does not fit the model's source, or its targets begin with their language and none was chosen.</exception>
    /// <exception cref="ArgumentException">The tokeniser gave an id outside the model's vocabulary.</exception>
    /// <exception cref="GenerationException">The logits were of no use, or the rules left no token.</exception>
    /// <exception cref="InvalidOperationException">Another call uses the translator.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled; the translator may be used again.</exception>
    public string[] TranslateBatch(IReadOnlyList<string> texts, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        using Call call = Enter();
        var batch = new TextBatch(texts, _sources, progress);
        if (batch.SourceLengths.Length > 0)
        {
            _session.GenerateBatch(batch.Sources, batch.SourceLengths, (index, search) => batch.Finish(index, Read(search)), cancellation);
        }

        var results = new string[texts.Count];
        for (int index = 0; index < results.Length; index++)
        {
            results[index] = batch.Join(index, Tell);
        }

        return results;
    }

    /// <summary>Refuses new calls and frees the model where this translator loaded it, once no call is running.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _session.Dispose();
        _owned?.Dispose();
    }

    /// <summary>The text of the best hypothesis, and its length where it was cut off.</summary>
    private (string Text, int? Truncated) Read(Search search)
    {
        Hypothesis best = search[0];
        return (Tokenizer.Decode(WithoutEnd(best.Tokens)).Trim(), IsTruncated(search) ? best.Tokens.Length : null);
    }

    private ReadOnlySpan<int> WithoutEnd(ReadOnlySpan<int> tokens) => !tokens.IsEmpty && tokens[^1] == _session.Shape.EndToken ? tokens[..^1] : tokens;

    /// <summary>Whether the best hypothesis ran out of room; a forced end hides that from <see cref="Hypothesis.IsEnded"/>.</summary>
    private static bool IsTruncated(Search search) =>
        !search[0].IsEnded || (search.Options.ForcedEnd is not null && search[0].Tokens.Length >= search.MostIds);

    private void Tell(string text, SourcePart part, string target, int? truncated)
    {
        if (truncated is { } length)
        {
            _options.OnTruncated?.Invoke(new(text[part.Start..part.End], target, length));
        }
    }

    private Call Enter()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (Languages.MissingTarget(Tokenizer, Generation) is { } missing)
        {
            throw missing;
        }

        if (Interlocked.Exchange(ref _isInUse, 1) != 0)
        {
            throw new InvalidOperationException(
                "This translator is in use by another call, from another thread or from a callback of that call: make one for each thread, of one model, with Translator.Create.");
        }

        _calls++;
        return new(this);
    }

    /// <summary>A call's use of the translator.</summary>
    private readonly ref struct Call(Translator translator) : IDisposable
    {
        public void Dispose() => Volatile.Write(ref translator._isInUse, 0);
    }
}
