using Formwork.Generation;
using Formwork.Text;

namespace Formwork.Pipeline;

public sealed partial class Translator
{
    /// <summary>
    /// Translates a text and gives each piece of the translation as soon as no later token can change it. The model works only while the loop
    /// asks, and the loop may be left at any piece.
    /// </summary>
    /// <remarks>
    /// An <see cref="IStreamingTokenizer"/>, as every <see cref="Text.Tokenizer"/> is, gives text token by token. Of any other tokeniser nobody knows which text a later token
    /// changes, so there a piece is a sentence. A loop that goes on after another call has used the translator gets an <see cref="InvalidOperationException"/>.
    /// </remarks>
    /// <param name="text">The text.</param>
    /// <param name="cancellation">Ends the loop between two tokens.</param>
    /// <returns>The pieces, none of them empty: together they are what <see cref="Translate"/> gives.</returns>
    /// <exception cref="InvalidOperationException">The options ask for several hypotheses, and beams change their minds.</exception>
    /// <exception cref="PipelineException">In the loop: a character does not fit the model's source, or its targets begin with their language and none was chosen.</exception>
    /// <exception cref="GenerationException">In the loop: the logits were of no use, or the rules left no token.</exception>
    /// <exception cref="OperationCanceledException">In the loop: it was cancelled; the translator may be used again.</exception>
    public IEnumerable<string> Stream(string text, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (Generation.Beams > 1 || Generation.NBest > 1)
        {
            throw new InvalidOperationException(
                $"Text can be streamed from one hypothesis alone, since beams change their minds, and this translator searches with Beams = {Generation.Beams} and NBest = {Generation.NBest}: give it TranslatorOptions {{ Generation = options with {{ Beams = 1, NBest = 1 }} }}.");
        }

        return StreamPieces(text, cancellation);
    }

    private IEnumerable<string> StreamPieces(string text, CancellationToken cancellation)
    {
        int run = BeginStream();
        foreach (SourcePart part in _sources.Of(text))
        {
            cancellation.ThrowIfCancellationRequested();
            IEnumerable<string> pieces = part.Source is null ? [text[part.Start..part.End]] : StreamTarget(text, part, run, cancellation);
            foreach (string piece in pieces)
            {
                if (piece.Length > 0)
                {
                    yield return piece;
                }
            }
        }
    }

    private IEnumerable<string> StreamTarget(string text, SourcePart part, int run, CancellationToken cancellation)
    {
        if ((Tokenizer as IStreamingTokenizer)?.CreateStreamingDecoder() is not { } decoder)
        {
            yield return Whole(text, part, run, cancellation);
            yield break;
        }

        var streamed = new StreamedText();
        TokenSteps steps = default;
        yield return First(part, run, ref steps, decoder, streamed, cancellation);
        while (Next(run, ref steps, decoder, streamed, out string piece))
        {
            yield return piece;
        }

        yield return streamed.Take(decoder.Flush());
        TellOfStream(text, part, run);
    }

    /// <summary>Translates a part at once, for a tokeniser of which nobody knows what later tokens change.</summary>
    private string Whole(string text, SourcePart part, int run, CancellationToken cancellation)
    {
        string target;
        int? truncated;
        using (Resume(run))
        {
            _session.Generate(part.Source, cancellation);
            (target, truncated) = Read(_session.Search);
        }

        Tell(text, part, target, truncated);
        return target;
    }

    /// <summary>Encodes a part; the text of a prefix comes without a step.</summary>
    private string First(SourcePart part, int run, ref TokenSteps steps, StreamingDecoder decoder, StreamedText streamed, CancellationToken cancellation)
    {
        using Call call = Resume(run);
        steps = _session.Begin(part.Source, cancellation);
        string text = "";
        foreach (int token in _session.Search.HardPrefix)
        {
            text += streamed.Take(decoder.Append(token));
        }

        return text;
    }

    private bool Next(int run, ref TokenSteps steps, StreamingDecoder decoder, StreamedText streamed, out string piece)
    {
        using Call call = Resume(run);
        bool isToken = _session.MoveNext(ref steps);
        piece = isToken && steps.Current != _session.Shape.EndToken ? streamed.Take(decoder.Append(steps.Current)) : "";
        return isToken;
    }

    private void TellOfStream(string text, SourcePart part, int run)
    {
        if (_options.OnTruncated is null)
        {
            return;
        }

        string target;
        int? truncated;
        using (Resume(run))
        {
            (target, truncated) = Read(_session.Search);
        }

        Tell(text, part, target, truncated);
    }

    private int BeginStream()
    {
        using Call call = Enter();
        return _calls;
    }

    /// <summary>Uses the translator for the next piece of a stream.</summary>
    private Call Resume(int run)
    {
        Call call = Enter();
        if (--_calls == run)
        {
            return call;
        }

        call.Dispose();
        throw new InvalidOperationException(
            "This translator has been used for another text since this stream began, so the rest of its text is lost: stream to the end first, or make a translator of its own with Translator.Create.");
    }
}
