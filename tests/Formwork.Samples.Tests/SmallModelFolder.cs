using Formwork.Golden.Tests.Pipeline;
using Formwork.Tests;

namespace Formwork.Samples.Tests;

/// <summary>A small model of random weights in a directory as models are published in, gone after the test.</summary>
internal sealed class SmallModelFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private SmallModelFolder(string kind, string tokenizer)
    {
        foreach (string file in Directory.EnumerateFiles(tokenizer))
        {
            System.IO.File.Copy(file, File(System.IO.Path.GetFileName(file)));
        }

        System.IO.File.Copy(System.IO.Path.Combine(RepositoryFolder.Get("tests", "SmallSummarize", "model", kind), "config.json"), Config, overwrite: true);
    }

    public string Path => _folder.Path;

    public string Config => File("config.json");

    public string Weights => File("model.safetensors");

    public string File(string name) => _folder.File(name);

    public static SmallModelFolder T5()
    {
        var folder = new SmallModelFolder("t5", RepositoryFolder.Get("tests", "Formwork.Tests", "Text", "Pretrained", "Directories", "t5"));
        RandomCheckpoint.WriteT5(folder.Weights, width: 16, heads: 2, feedForward: 32, vocabulary: 1152);
        return folder;
    }

    public static SmallModelFolder Bart()
    {
        var folder = new SmallModelFolder("bart", RepositoryFolder.Get("tests", "Formwork.Tests", "Text", "Models", "byte-level-bpe"));
        System.IO.File.WriteAllText(folder.File("tokenizer_config.json"), """{"tokenizer_class":"BartTokenizer"}""");
        RandomCheckpoint.WriteBart(folder.Weights, width: 16, feedForward: 32, vocabulary: 4352, positions: 512);
        return folder;
    }

    public void Dispose() => _folder.Dispose();
}
