using System.Text;

namespace Formwork.Text;

/// <summary>Reads a <c>merges.txt</c>: two tokens a line, a space between them, the merge to be made first in the first line.</summary>
internal static class MergeListReader
{
    private const string Unrelated = "vocab.json and merges.txt are not of one model, or one is damaged; fetch both again.";
    private const int StackChars = 128;

    /// <param name="data">The file's content.</param>
    /// <param name="tokens">The tokens that the merges are of.</param>
    /// <param name="isMark">Which tokens are marks, which no merge makes.</param>
    /// <param name="merges">Receives the merges.</param>
    /// <exception cref="VocabularyLoadException">The content is not a list of merges of these tokens.</exception>
    public static void Read(ReadOnlySpan<byte> data, TokenTable tokens, ReadOnlySpan<bool> isMark, TokenMerges merges)
    {
        Sniff(data);
        FileSniffer.WithoutByteOrderMark(data, out int at);
        var characters = new PooledList<char>(stackalloc char[StackChars]);
        int rank = 0;
        int first = at;
        for (int next; at < data.Length; at = next)
        {
            ReadOnlySpan<byte> line = data[at..];
            int end = line.IndexOf((byte)'\n');
            line = end < 0 ? line : line[..end];
            next = at + line.Length + 1;
            line = line.EndsWith("\r"u8) ? line[..^1] : line;
            // Only the first line can be the header: a merge's left token may begin with "#" too.
            if (line.IsEmpty || (at == first && line.StartsWith("#version"u8)))
            {
                continue;
            }
            if (rank == TokenMerges.MostMerges)
            {
                throw new VocabularyLoadException(
                    VocabularyLoadError.Merge, at, $"at most {TokenMerges.MostMerges} merges", "more", "This is no list of merges.");
            }
            ReadMerge(line, at, rank++, tokens, isMark, merges, ref characters);
        }
        characters.Dispose();
    }

    private static void ReadMerge(
        ReadOnlySpan<byte> line, int offset, int rank, TokenTable tokens, ReadOnlySpan<bool> isMark, TokenMerges merges, ref PooledList<char> characters)
    {
        if (!Utf8.IsValid(line))
        {
            throw new VocabularyLoadException(
                VocabularyLoadError.InvalidText, offset, "merges in UTF-8", Convert.ToHexString(line[..Math.Min(line.Length, 16)]), Unrelated);
        }
        characters.Truncate(0);
        Span<char> text = characters.Extend(line.Length);
        text = text[..Encoding.UTF8.GetChars(line, text)];
        int space = text.IndexOf(' ');
        if (space <= 0 || space == text.Length - 1 || text[(space + 1)..].Contains(' '))
        {
            throw new VocabularyLoadException(
                VocabularyLoadError.Merge, offset, "two tokens with a space between them", Quoted.Of(text), "Give the model's merges.txt, unedited.");
        }
        int left = Find(text[..space], tokens, offset);
        int right = Find(text[(space + 1)..], tokens, offset);
        text[(space + 1)..].CopyTo(text[space..]);
        int merged = Find(text[..^1], tokens, offset);
        // Text never turns into a mark, whatever it is spelled like.
        if (!isMark[merged])
        {
            merges.Add(left, right, rank, merged);
        }
    }

    private static int Find(ReadOnlySpan<char> token, TokenTable tokens, int offset) =>
        tokens.TryGetId(token, out int id)
            ? id
            : throw new VocabularyLoadException(
                VocabularyLoadError.Merge, offset, "merges of the vocabulary's tokens to one of them", $"{Quoted.Of(token)}, which it does not have", Unrelated);

    private static void Sniff(ReadOnlySpan<byte> data)
    {
        FileSniffer.RefuseOtherKinds(data);
        if (data.TrimStart(" \t\r\n"u8).StartsWith("{\""u8))
        {
            throw new VocabularyLoadException(
                VocabularyLoadError.NotAVocabulary, 0, "a list of merges", "JSON", "Give the model's merges.txt, and vocab.json before it.");
        }
    }
}
