using System.Text;
using System.Text.Json.Nodes;
using Formwork.Text;

namespace Formwork.Tests.Text.Pretrained;

/// <summary>A directory's copy that a test damages.</summary>
internal sealed class PretrainedCopy : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("formwork-").FullName;

    public PretrainedCopy(string name)
    {
        foreach (string file in Directory.GetFiles(Path.Combine(PretrainedDirectories.Folder, name)))
        {
            File.Copy(file, this[Path.GetFileName(file)]);
        }
    }

    public string this[string file] => Path.Combine(_folder, file);

    public PretrainedCopy Without(string file)
    {
        File.Delete(this[file]);
        return this;
    }

    public PretrainedCopy Write(string file, string content) => Write(file, Encoding.UTF8.GetBytes(content));

    public PretrainedCopy Write(string file, byte[] content)
    {
        File.WriteAllBytes(this[file], content);
        return this;
    }

    /// <summary>Changes fields of a JSON file, which is made if it is absent.</summary>
    public PretrainedCopy Set(string file, params (string Key, JsonNode? Value)[] fields)
    {
        JsonNode root = JsonNode.Parse(File.Exists(this[file]) ? File.ReadAllText(this[file]) : "{}")!;
        foreach ((string key, JsonNode? value) in fields)
        {
            root[key] = value;
        }
        return Write(file, root.ToJsonString());
    }

    public Tokenizer Load() => Tokenizer.FromPretrained(_folder);

    /// <summary>Loads it in vain; the error must name a file and say what to do.</summary>
    public VocabularyLoadException Fails(VocabularyLoadError error, string file)
    {
        VocabularyLoadException problem = Assert.Throws<VocabularyLoadException>(Load);
        Assert.True(problem.Error == error, problem.Message);
        Assert.Equal(this[file], problem.FileName);
        Assert.Contains(file, problem.Message, StringComparison.Ordinal);
        Assert.NotEmpty(problem.Expected);
        Assert.NotEmpty(problem.Found);
        Assert.NotEmpty(problem.Advice);
        return problem;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
