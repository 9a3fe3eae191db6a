namespace Formwork.Text;

/// <summary>Recognises what people give in place of a vocabulary, so that the message can name it.</summary>
internal static class FileSniffer
{
    public static void RefuseOtherKinds(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty)
        {
            throw new VocabularyLoadException(
                VocabularyLoadError.Empty, 0, "a vocabulary", "an empty file", "Fetch the file again.");
        }
        ReadOnlySpan<byte> start = data.TrimStart(" \t\r\n"u8);
        if (data.StartsWith("version https://git-lfs"u8))
        {
            throw Other("a Git LFS pointer", "Run 'git lfs pull' to fetch the file it points to.");
        }
        if (start.StartsWith("<!DOCTYPE"u8) || start.StartsWith("<!doctype"u8) || start.StartsWith("<html"u8) || start.StartsWith("<HTML"u8))
        {
            throw Other("a web page", "The address gave a page instead of the file; use its raw or 'resolve' address.");
        }
        if (data.StartsWith("PK\x03\x04"u8) || data.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
        {
            throw Other("a compressed archive", "Unpack it and give the file inside.");
        }
        if (data.StartsWith("GGUF"u8))
        {
            throw Other("a GGUF file", "Give the tokenizer's own file.");
        }
    }

    /// <summary>A <c>tokenizer.json</c> is text, so only a binary format can tell that it is not meant.</summary>
    public static void RefuseJson(ReadOnlySpan<byte> data)
    {
        if (data.TrimStart(" \t\r\n"u8).StartsWith("{"u8))
        {
            throw Other("JSON", "Give the SentencePiece file (.model or .spm) instead of tokenizer.json.");
        }
    }

    /// <summary>The content behind the mark that some editors put at the beginning of UTF-8.</summary>
    public static ReadOnlySpan<byte> WithoutByteOrderMark(ReadOnlySpan<byte> data, out int skipped)
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        skipped = data.StartsWith(mark) ? mark.Length : 0;
        return data[skipped..];
    }

    private static VocabularyLoadException Other(string found, string advice) =>
        new(VocabularyLoadError.NotAVocabulary, 0, "a vocabulary", found, advice);
}
