using System.Text.Json;
using Formwork.Text;

namespace Formwork.Golden.Tests.Pipeline;

/// <summary>A directory as models are published in, gone after the test.</summary>
internal sealed class ModelDirectory : IDisposable
{
    private static readonly string Sample = RepositoryFolder.Get("samples", "Translate", "model");
    private static readonly string Tokenizers = RepositoryFolder.Get("tests", "Formwork.Tests", "Text", "Pretrained", "Directories");

    public string Path { get; } = Directory.CreateTempSubdirectory("formwork-pipeline-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>The Translate sample's model as Marian's are published: two vocabularies of pieces, and the ids of both in a third file.</summary>
    public static ModelDirectory Marian()
    {
        var directory = new ModelDirectory();
        SentencePieceModel pieces = MarianTokenizer.Pieces;
        Dictionary<string, int> ids = Enumerable.Range(0, pieces.PieceCount).ToDictionary(pieces.PieceOf, static id => id);
        ids.TryAdd("<pad>", EnglishToFrench.PadToken);
        System.IO.File.WriteAllText(directory.File("vocab.json"), JsonSerializer.Serialize(ids));
        System.IO.File.WriteAllText(directory.File("tokenizer_config.json"), """{"tokenizer_class":"MarianTokenizer","source_lang":"en","target_lang":"fr"}""");
        System.IO.File.Copy(System.IO.Path.Combine(Sample, "config.json"), directory.File("config.json"));
        System.IO.File.Copy(System.IO.Path.Combine(Sample, "sentencepiece.model"), directory.File("source.spm"));
        System.IO.File.Copy(System.IO.Path.Combine(Sample, "sentencepiece.model"), directory.File("target.spm"));
        System.IO.File.Copy(System.IO.Path.Combine(Sample, "model.safetensors"), directory.File("model.safetensors"));
        return directory;
    }

    /// <summary>A tokeniser's files alone, of those that were trained for the tests of tokenisers.</summary>
    public static ModelDirectory OfTokenizer(string name)
    {
        var directory = new ModelDirectory();
        foreach (string file in Directory.EnumerateFiles(System.IO.Path.Combine(Tokenizers, name)))
        {
            System.IO.File.Copy(file, directory.File(System.IO.Path.GetFileName(file)));
        }

        return directory;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
