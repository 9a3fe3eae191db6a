using System.CommandLine;
using Formwork.Tool.Files;
using Formwork.Tool.Manifests;
using Formwork.Tool.Terminal;
using Formwork.Weights;

namespace Formwork.Tool.Commands;

/// <summary><c>manifest</c>: writes the text manifest of a checkpoint.</summary>
internal sealed class ManifestCommand(ToolContext context)
{
    private const string Extension = ".manifest";

    private readonly Argument<string> _file = new("FILE") { Description = "A safetensors file, or the index of a checkpoint's shards (model.safetensors.index.json)." };
    private readonly Option<string?> _output = new("--output", "-o") { Description = "The manifest's path. By default that of the file with .manifest after it.", HelpName = "file" };
    private readonly Option<bool> _json = JsonOption.Create();

    /// <summary>Makes the command.</summary>
    public Command Create()
    {
        var command = new Command(
            "manifest",
            "Writes the names, types, shapes and hashes of a file's tensors as a text. As an AdditionalFiles item it lets the generator compare the file with the declaration.")
        { _file, _output, _json };
        command.SetAction(result => Run(result.GetRequiredValue(_file), result.GetValue(_output), result.GetValue(_json)));
        return command;
    }

    private int Run(string path, string? output, bool json)
    {
        string manifest = output ?? path + Extension;
        using Checkpoint checkpoint = Checkpoint.Open(path);
        OutputFile.Check(manifest, checkpoint.Paths);
        SafetensorsTensor[] tensors = [.. checkpoint.Tensors.Tensors.OrderBy(static tensor => tensor.Name, StringComparer.Ordinal)];
        string[] lines = ProgressBar.Run(context, "hashing", tensors.Sum(static tensor => tensor.ByteLength), progress =>
        {
            var bytes = new TensorBytes(context.Cancellation);
            return tensors.Select(tensor => ManifestText.Line(tensor, bytes.Read(tensor, part => progress(part.Length)))).ToArray();
        });
        checkpoint.Tensors.ThrowIfChanged();
        OutputFile.WriteText(manifest, ManifestText.Of(checkpoint.Files, lines));
        Report(new(path, manifest, tensors.Length, checkpoint.Bytes), json);
        return ExitCode.Success;
    }

    private void Report(ManifestReport report, bool json)
    {
        if (json)
        {
            JsonOutput.Write(context.Output, report);
        }
        else
        {
            context.Output.WriteLine($"{Printable.Of(report.Manifest)}: {Numbers.Plural(report.Tensors, "tensor", "tensors")} of {Printable.Of(report.File)}");
        }
    }
}
