namespace Formwork.Text;

/// <summary>
/// What text in, text out asks of a tokeniser: a text becomes a model's source, a target becomes text. <see cref="Tokenizer"/> is one; any other library's
/// fits behind these two methods.
/// </summary>
/// <remarks>An implementation that is used from several threads at once must allow that.</remarks>
public interface ITokenizer
{
    /// <summary>Turns a text into ids as the model expects a source: with every mark that its family puts before and behind.</summary>
    /// <param name="text">The text, in UTF-16.</param>
    /// <returns>The ids; those of an empty text are the marks alone.</returns>
    int[] Encode(ReadOnlySpan<char> text);

    /// <summary>Turns a target's ids into text. Marks, and ids that the vocabulary does not have, give none.</summary>
    /// <param name="ids">The ids.</param>
    string Decode(ReadOnlySpan<int> ids);
}
