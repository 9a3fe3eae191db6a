using CLibrary;
using Formwork.Generation;
using Formwork.Text;

namespace Formwork.CLibrary.Tests;

/// <summary>The same model and tokeniser, called from C#.</summary>
internal sealed class ManagedModel : IDisposable
{
    private readonly SentencePieceModel _pieces = SentencePieceModel.Load(Path.Combine(NativeLibraryFiles.Model, "sentencepiece.model"));

    public EnglishToFrench Model { get; } = EnglishToFrench.Load(Path.Combine(NativeLibraryFiles.Model, "model.safetensors"));

    public int[] Source(string text) => [.. _pieces.Encode(text), EnglishToFrench.EndToken];

    public int[] Generate(int[] source)
    {
        int[] target = new int[EnglishToFrench.TargetLength];
        return target[..Model.Generate(source, target)];
    }

    public string Translate(string text) => _pieces.Decode(Generate(Source(text)));

    public ScoredTarget Search(int[] source) => Model.Generate(source, new GenerationOptions { Beams = EnglishToFrench.MaxBeams })[0];

    public void Dispose() => Model.Dispose();
}
