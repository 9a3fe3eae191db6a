using System.Runtime.InteropServices;
using System.Text;

namespace Formwork.Text.Pretrained;

/// <summary>
/// A vocabulary of bytes with a pretrained model's marks and added tokens: marks give no text, tokens that were added without being special their spelling,
/// and ids that nothing belongs to give none.
/// </summary>
/// <param name="vocabulary">Cuts texts, and joins what is neither.</param>
/// <param name="nameOf">How the vocabulary spells an id of its own.</param>
internal sealed class MarkedVocabulary(ITextVocabulary vocabulary, Func<int, string> nameOf) : ITextVocabulary, ITokenNames
{
    private readonly HashSet<int> _marks = [];
    private readonly Dictionary<int, string> _added = [];
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);

    public int Count { get; private set; } = vocabulary.Count;

    public string TokenOf(int id) => _added.TryGetValue(id, out string? spelling) ? spelling : id < vocabulary.Count ? nameOf(id) : "";

    /// <summary>Whether an id is a mark or an added token rather than the vocabulary's own.</summary>
    public bool IsOwn(int id) => (uint)id < (uint)vocabulary.Count && !_marks.Contains(id) && !_added.ContainsKey(id);

    /// <summary>The spelling of an id that joins to text by itself; null for all others.</summary>
    public string? SpelledOut(int id) => _marks.Contains(id) ? null : _added.GetValueOrDefault(id);

    public void SetMark(int id) => _marks.Add(id);

    /// <summary>Takes an added token.</summary>
    public void Add(AddedToken token)
    {
        Count = Math.Max(Count, token.Id + 1);
        if (token.IsSpecial)
        {
            _marks.Add(token.Id);
        }
        _added[token.Id] = token.Content;
        _ids[token.Content] = token.Id;
    }

    public void Encode(ReadOnlySpan<char> text, List<int> ids) => vocabulary.Encode(text, ids);

    public string Decode(ReadOnlySpan<int> ids)
    {
        var text = new StringBuilder();
        var run = new List<int>(ids.Length);
        foreach (int id in ids)
        {
            if (IsOwn(id))
            {
                run.Add(id);
            }
            else if (SpelledOut(id) is { } spelling)
            {
                text.Append(vocabulary.Decode(CollectionsMarshal.AsSpan(run))).Append(spelling);
                run.Clear();
            }
        }
        string last = vocabulary.Decode(CollectionsMarshal.AsSpan(run));
        return text.Length == 0 ? last : text.Append(last).ToString();
    }

    public StreamingDecoder CreateStreamingDecoder() => new MarkedStream(this, vocabulary.CreateStreamingDecoder());

    public bool TryGetId(ReadOnlySpan<char> token, out int id) =>
        _ids.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(token, out id) || vocabulary.TryGetId(token, out id);
}
