using System.Globalization;

namespace Formwork.Text;

/// <summary>
/// The bytes of UTF-8 as a vocabulary, as ByT5 uses them: 0 pads, 1 ends, 2 is unknown, a byte's id is its value plus 3, and behind the bytes come
/// sentinels, <c>&lt;extra_id_0&gt;</c> first. There is no file to load.
/// </summary>
/// <remarks>
/// <para>Text is UTF-16 as everywhere in .NET; a surrogate without its partner is taken for U+FFFD. Text never turns into marks or sentinels, and
/// they decode to nothing.</para>
/// <para>Source: <c>ByT5Tokenizer</c> of Hugging Face transformers. It numbers the sentinels from the first on; the comment in it that the first is
/// the vocabulary's last token does not describe what it does.</para>
/// </remarks>
public sealed class ByteVocabulary : ITextVocabulary, IByteTokens
{
    /// <summary>The id of padding, with which a target begins too.</summary>
    public const int PadId = 0;

    /// <summary>The id that ends a text.</summary>
    public const int EndId = 1;

    /// <summary>The id of what has no token, which no text is.</summary>
    public const int UnknownId = 2;

    private const int Reserved = 3;
    private const int FirstSentinel = Reserved + BytePiece.Count;
    private const int StackBytes = 512;

    private const string SentinelStart = "<extra_id_";
    private static readonly string[] Marks = ["<pad>", "</s>", "<unk>"];
    private static readonly byte[] Values = [.. Enumerable.Range(0, BytePiece.Count).Select(value => (byte)value)];

    /// <summary>Makes the vocabulary.</summary>
    /// <param name="sentinels">Number of sentinels: <c>extra_ids</c> of a model's <c>tokenizer_config.json</c>, 125 in the models that were published.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="sentinels"/> is negative, or more than a million.</exception>
    public ByteVocabulary(int sentinels = 125)
    {
        const int MostSentinels = 1_000_000;
        ArgumentOutOfRangeException.ThrowIfNegative(sentinels);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sentinels, MostSentinels);
        Count = FirstSentinel + sentinels;
    }

    /// <summary>Number of ids: they run from 0 to one less.</summary>
    public int Count { get; }

    string IByteTokens.Replacement => "";

    /// <summary>Turns the bytes of a text into ids. Nothing is added around them.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException">The text is so long that its UTF-8 might exceed 1 GiB.</exception>
    public int[] Encode(ReadOnlySpan<char> text)
    {
        var utf8 = new PooledList<byte>(stackalloc byte[StackBytes]);
        Utf8.Append(text, ref utf8);
        var ids = new int[utf8.Length];
        Number(utf8.Items, ids);
        utf8.Dispose();
        return ids;
    }

    /// <summary>Turns the bytes of a text into ids in the caller's memory; nothing is allocated on the heap once the array pool is warm.</summary>
    /// <param name="text">The text.</param>
    /// <param name="ids">Receives the ids; as many as fit if it is too short.</param>
    /// <param name="count">The number of bytes of the text, also if they did not fit.</param>
    /// <returns>Whether all ids fitted.</returns>
    /// <exception cref="ArgumentException">The text is so long that its UTF-8 might exceed 1 GiB.</exception>
    public bool TryEncode(ReadOnlySpan<char> text, Span<int> ids, out int count)
    {
        var utf8 = new PooledList<byte>(stackalloc byte[StackBytes]);
        Utf8.Append(text, ref utf8);
        count = utf8.Length;
        Number(utf8.Items[..Math.Min(count, ids.Length)], ids);
        utf8.Dispose();
        return count <= ids.Length;
    }

    /// <summary>Joins bytes to text. Marks and sentinels give nothing, and neither do bytes that are part of no character, as in the reference.</summary>
    /// <param name="ids">The ids.</param>
    /// <exception cref="ArgumentOutOfRangeException">An id is outside the vocabulary.</exception>
    public string Decode(ReadOnlySpan<int> ids) => ByteTokenDecoding.Decode(this, ids);

    /// <summary>Makes a decoder that is given ids one by one, as a model produces them, and tells what text is final after each.</summary>
    public StreamingDecoder CreateStreamingDecoder() => new ByteTokenStream(this);

    /// <summary>How the reference spells a token: a mark's or a sentinel's name, and a byte as the character of its value, from U+0000 to U+00FF.</summary>
    /// <param name="id">The token's id.</param>
    /// <exception cref="ArgumentOutOfRangeException">The id is outside the vocabulary.</exception>
    public string TokenOf(int id)
    {
        if ((uint)id >= (uint)Count)
        {
            throw new ArgumentOutOfRangeException(nameof(id), id, $"An id must lie between 0 and {Count - 1}.");
        }
        return id < Reserved ? Marks[id]
            : id < FirstSentinel ? ((char)(id - Reserved)).ToString()
            : string.Create(CultureInfo.InvariantCulture, $"{SentinelStart}{id - FirstSentinel}>");
    }

    /// <summary>Finds the id of a token by the spelling that <see cref="TokenOf"/> gives.</summary>
    /// <param name="token">The spelling.</param>
    /// <param name="id">The id, or −1.</param>
    /// <returns>Whether there is such a token.</returns>
    public bool TryGetId(ReadOnlySpan<char> token, out int id)
    {
        id = token.Length == 1 && token[0] < BytePiece.Count ? token[0] + Reserved : -1;
        for (int mark = 0; mark < Marks.Length; mark++)
        {
            id = token.SequenceEqual(Marks[mark]) ? mark : id;
        }
        if (token.StartsWith(SentinelStart)
            && token.EndsWith(">")
            && int.TryParse(token[SentinelStart.Length..^1], NumberStyles.None, CultureInfo.InvariantCulture, out int sentinel)
            && sentinel < Count - FirstSentinel
            && token.SequenceEqual(TokenOf(FirstSentinel + sentinel)))
        {
            id = FirstSentinel + sentinel;
        }
        return id >= 0;
    }

    void ITextVocabulary.Encode(ReadOnlySpan<char> text, List<int> ids)
    {
        var utf8 = new PooledList<byte>(stackalloc byte[StackBytes]);
        Utf8.Append(text, ref utf8);
        foreach (byte value in utf8.Items)
        {
            ids.Add(value + Reserved);
        }
        utf8.Dispose();
    }

    ReadOnlySpan<byte> IByteTokens.BytesOf(int id) =>
        id is >= Reserved and < FirstSentinel ? Values.AsSpan(id - Reserved, 1) : [];

    private static void Number(ReadOnlySpan<byte> utf8, Span<int> ids)
    {
        for (int i = 0; i < utf8.Length; i++)
        {
            ids[i] = utf8[i] + Reserved;
        }
    }
}
