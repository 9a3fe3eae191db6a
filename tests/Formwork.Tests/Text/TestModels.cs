using System.Collections.Concurrent;
using Formwork.Text;

namespace Formwork.Tests.Text;

/// <summary>The models in <c>Models/</c>, loaded once; <c>training/text/train_models.py</c> says how each was made.</summary>
internal static class TestModels
{
    private static readonly ConcurrentDictionary<string, SentencePieceModel> Loaded = new();

    public static string[] AllNames { get; } =
    [
        "unigram-nfkc", "unigram-bytes", "unigram-suffix", "unigram-verbatim", "unigram-unused",
        "bpe-nfkc-symbols", "bpe-bytes", "bpe-suffix", "bpe-unused", "char", "word",
    ];

    public static TheoryData<string> Names => [.. AllNames];

    public static SentencePieceModel Get(string name) =>
        Loaded.GetOrAdd(name, key => SentencePieceModel.Load(TextFiles.Model(key)));

    public static byte[] Bytes(string name) => File.ReadAllBytes(TextFiles.Model(name));
}
