namespace Formwork.Samples.Tests;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("formwork-translate-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void CopyModel()
    {
        System.IO.File.Copy(TranslateProgram.WeightsFile, File("model.safetensors"));
        System.IO.File.Copy(TranslateProgram.TokenizerFile, File("sentencepiece.model"));
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
