using System.Text;
using Formwork.Weights;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Formwork.Tool.Declarations;

/// <summary>A file that a declaration names, as a project's <c>AdditionalFiles</c> item would be.</summary>
internal sealed class AdditionalFile : AdditionalText
{
    // A manifest of the most tensors that a file may have, each of a long name, is shorter.
    private const long MostBytes = 256 << 20;
    private readonly SourceText _text;

    private AdditionalFile(string path, SourceText text)
    {
        Path = path;
        _text = text;
    }

    /// <inheritdoc/>
    public override string Path { get; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="ToolException">It is missing or cannot be read.</exception>
    public static AdditionalFile Read(string path)
    {
        string name = WeightProblem.Quote(path);
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists)
            {
                throw ToolException.Usage($"--config {name}: there is no such file; give the model's config.json, or another file that the declaration names");
            }

            return file.Length > MostBytes
                ? throw ToolException.Problem($"--config {name} has {file.Length} bytes, which no configuration or manifest has; give the model's config.json, or another file that the declaration names")
                : new AdditionalFile(path, SourceText.From(File.ReadAllText(path), Encoding.UTF8));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw ToolException.Problem($"--config {name} cannot be read: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public override SourceText GetText(CancellationToken cancellationToken = default) => _text;
}
