using Formwork.Text;

namespace Formwork.Alignment;

/// <summary>Finds the words of a text that was cut into tokens, or joined from them.</summary>
/// <remarks>
/// A token belongs to one word. One that spans a space joins the words on both sides to one. Tokens without text of their own (all but the last of
/// the bytes of one character, a space by itself) belong to the word that follows; at the end, where none follows, they belong to none, and so
/// does an end token.
/// </remarks>
public static class Words
{
    /// <summary>Splits a text into words.</summary>
    /// <param name="text">The text.</param>
    /// <param name="tokens">Its tokens with their parts of it, from <see cref="SentencePieceModel.EncodeWithOffsets(ReadOnlySpan{char})"/> or
    /// <see cref="SentencePieceModel.DecodeWithOffsets"/>.</param>
    /// <param name="boundary">Where words end.</param>
    /// <returns>The words in order; none where there is nothing but space.</returns>
    /// <exception cref="ArgumentException">A token lies outside the text.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such boundary.</exception>
    public static Word[] Split(ReadOnlySpan<char> text, ReadOnlySpan<TokenSpan> tokens, WordBoundary boundary = WordBoundary.Spaces)
    {
        if (!Enum.IsDefined(boundary))
        {
            throw new ArgumentOutOfRangeException(nameof(boundary), boundary, "There is no such boundary.");
        }

        var words = new List<Word>();
        bool wasPunctuation = false;
        for (int i = 0; i < tokens.Length; i++)
        {
            (int start, int end) = Content(text, tokens, i);
            if (start == end)
            {
                continue;
            }

            bool isPunctuation = boundary == WordBoundary.Punctuation && IsPunctuation(text[start..end]);
            bool begins = words.Count == 0 || boundary == WordBoundary.Tokens || isPunctuation != wasPunctuation || IsApart(text, words[^1], start);
            wasPunctuation = isPunctuation;
            if (begins)
            {
                int first = words.Count == 0 ? 0 : words[^1].EndToken;
                words.Add(new Word(start, end - start, first, i + 1 - first));
            }
            else
            {
                Word word = words[^1];
                words[^1] = word with { Length = Math.Max(word.Length, end - word.Start), TokenCount = i + 1 - word.FirstToken };
            }
        }

        return [.. words];
    }

    /// <summary>A token's part of the text without the space around it.</summary>
    private static (int Start, int End) Content(ReadOnlySpan<char> text, ReadOnlySpan<TokenSpan> tokens, int index)
    {
        TokenSpan token = tokens[index];
        if (token.Start < 0 || token.Length < 0 || token.Start > text.Length - token.Length)
        {
            throw new ArgumentException($"A token lies at {token.Start}..{token.End}, but the text has {text.Length} units: it is another text's.", nameof(tokens));
        }

        (int start, int end) = (token.Start, token.End);
        while (start < end && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        while (end > start && char.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }

        return (start, end);
    }

    private static bool IsApart(ReadOnlySpan<char> text, Word word, int start)
    {
        for (int i = word.Start + word.Length; i < start; i++)
        {
            if (char.IsWhiteSpace(text[i]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsPunctuation(ReadOnlySpan<char> text)
    {
        foreach (char character in text)
        {
            if (!char.IsPunctuation(character) || character is '\'' or '\u2019' or '-' or '\u2010')
            {
                return false;
            }
        }

        return true;
    }
}
