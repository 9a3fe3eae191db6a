using System.Text.Json;
using Formwork.Text;

namespace Formwork.Tests.Text;

/// <summary>Small <c>vocab.json</c> files: the 256 bytes, and what a test wants behind them.</summary>
internal static class ByteLevelFiles
{
    public static byte[] Vocab(IEnumerable<string> tokens, int? lastId = null)
    {
        string[] all = [.. Enumerable.Range(0, 256).Select(value => ByteAlphabet.LetterOf((byte)value).ToString()), .. tokens];
        Dictionary<string, int> ids = all.Select((token, id) => (token, id)).ToDictionary(StringComparer.Ordinal);
        ids[all[^1]] = lastId ?? ids[all[^1]];
        return JsonSerializer.SerializeToUtf8Bytes(ids);
    }
}
