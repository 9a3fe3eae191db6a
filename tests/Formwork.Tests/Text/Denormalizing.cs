using Formwork.Text;

namespace Formwork.Tests.Text;

/// <summary>Models with the rules that others have for reading put to work on the joined text, where few files have any.</summary>
internal static class Denormalizing
{
    /// <summary>The name of the sample translator's model among the test models.</summary>
    public const string SampleModel = "sample";

    private const int NormalizerField = 3;
    private const int DenormalizerField = 5;

    /// <summary>A test model, or the sample's.</summary>
    public static SentencePieceModel Model(string name) => name == SampleModel
        ? SentencePieceModel.Load(Path.Combine(RepositoryFolder.Get("samples", "Translate", "model"), "sentencepiece.model"))
        : TestModels.Get(name);

    /// <summary>A test model whose text goes through its own rules or, where it has none, through those that <c>nmt_nfkc</c> reads text with.</summary>
    public static SentencePieceModel Model(string name, bool dummyPrefix, bool removesSpaces, bool escapes)
    {
        // Fields that come later win, and those of a message add up.
        byte[] file = TestModels.Bytes(name);
        byte[] rules = ModelFileReader.Read(file).Denormalizer?.Map is null ? Normalizer(TestModels.Bytes("unigram-nfkc")) : [];
        byte[] switches = ModelFileBuilder.Message(
            ModelFileBuilder.Varint(3, dummyPrefix ? 1 : 0), ModelFileBuilder.Varint(4, removesSpaces ? 1 : 0), ModelFileBuilder.Varint(5, escapes ? 1 : 0));
        return SentencePieceModel.FromBytes([.. file, .. ModelFileBuilder.Blob(DenormalizerField, [.. rules, .. switches])]);
    }

    private static byte[] Normalizer(byte[] file)
    {
        var reader = new WireReader(file, origin: 0);
        while (reader.Next(out int field))
        {
            if (field == NormalizerField)
            {
                return reader.Bytes().ToArray();
            }
            reader.Skip();
        }
        throw new InvalidOperationException("The model has no normaliser.");
    }
}
