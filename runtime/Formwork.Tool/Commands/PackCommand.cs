using System.CommandLine;
using Formwork.Tool.Declarations;
using Formwork.Tool.Files;
using Formwork.Tool.Packing;
using Formwork.Tool.Terminal;

namespace Formwork.Tool.Commands;

/// <summary><c>pack</c>: packs a checkpoint for a declared model.</summary>
internal sealed class PackCommand(ToolContext context)
{
    private readonly Argument<string> _file = new("FILE") { Description = "The checkpoint: a safetensors file, or the index of its shards (model.safetensors.index.json)." };
    private readonly Option<string> _output = new("--output", "-o") { Description = "The packed file to write, usually ending in .fw.", HelpName = "file", Required = true };
    private readonly DeclarationOptions _declaration = new();
    private readonly Option<bool> _json = JsonOption.Create();

    /// <summary>Makes the command.</summary>
    public Command Create()
    {
        var command = new Command("pack", "Packs a checkpoint for a declared model: what its Load and Save would write, without building its project.") { _file, _output };
        _declaration.AddTo(command);
        command.Add(_json);
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult result)
    {
        string file = result.GetRequiredValue(_file);
        string output = result.GetRequiredValue(_output);
        DeclarationRequest request = _declaration.Read(result);
        OutputFile.Check(output, [file, .. request.Inputs]);
        CheckedFile.Look(file, output);
        using CompiledModel model = new ModelCompiler(context).Compile(request);
        PackReport report = new Packer(context).Pack(model, request.Model.FullName, file, output);
        if (result.GetValue(_json))
        {
            JsonOutput.Write(context.Output, report);
        }
        else
        {
            context.Output.WriteLine(report.Line());
        }

        return ExitCode.Success;
    }
}
