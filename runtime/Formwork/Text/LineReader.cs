using System.Text;

namespace Formwork.Text;

/// <summary>Reads a vocabulary file that lists one symbol a line.</summary>
internal static class LineReader
{
    /// <param name="data">The file's content.</param>
    /// <param name="offsets">Where each line starts.</param>
    /// <exception cref="VocabularyLoadException">The content is not such a list.</exception>
    public static List<string> Read(ReadOnlySpan<byte> data, out List<long> offsets)
    {
        FileSniffer.RefuseOtherKinds(data);
        var symbols = new List<string>();
        offsets = [];
        FileSniffer.WithoutByteOrderMark(data, out int at);
        while (at < data.Length)
        {
            ReadOnlySpan<byte> rest = data[at..];
            int end = rest.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? rest : rest[..end];
            int next = at + line.Length + 1;
            // A file that went through a Windows editor means the same symbols; a carriage return elsewhere means nothing good.
            if (line.EndsWith("\r"u8))
            {
                line = line[..^1];
            }
            symbols.Add(Symbol(line, at));
            offsets.Add(at);
            at = next;
        }
        if (symbols.Count == 0)
        {
            throw new VocabularyLoadException(
                VocabularyLoadError.Empty, -1, "one symbol a line", "no line", "Fetch the file again.");
        }
        return symbols;
    }

    private static string Symbol(ReadOnlySpan<byte> line, long offset)
    {
        if (line.IsEmpty)
        {
            throw new VocabularyLoadException(
                VocabularyLoadError.EmptySymbol, offset, "a symbol on every line", "an empty line",
                "Dropping it would shift all ids after it, so find out what was there.");
        }
        if (!Utf8.IsValid(line) || line.ContainsAny((byte)'\r', (byte)0))
        {
            throw new VocabularyLoadException(
                VocabularyLoadError.InvalidText, offset, "a symbol in UTF-8 without control characters",
                Convert.ToHexString(line[..Math.Min(line.Length, 16)]), "Save the file as UTF-8 with line feeds.");
        }
        return Encoding.UTF8.GetString(line);
    }
}
