using System.CommandLine;
using Formwork.Tool.Inspection;
using Formwork.Tool.Terminal;
using Spectre.Console;

namespace Formwork.Tool.Commands;

/// <summary><c>inspect</c>: what is in a weight file.</summary>
internal sealed class InspectCommand(ToolContext context)
{
    private readonly Argument<string> _file = new("FILE") { Description = "A safetensors file, the index of a checkpoint's shards (model.safetensors.index.json), or packed weights (.fw)." };

    private readonly Option<string?> _tensor = new("--tensor")
    {
        Description = "Read the tensors alone whose names match: * stands for any characters, ? for one.",
        HelpName = "pattern",
    };

    private readonly Option<TensorOrder?> _sort = NamesOption.Create<TensorOrder>("--sort", "The order of tensors, as their bytes lie in the file unless said otherwise, the largest first for size");

    private readonly Option<bool> _json = JsonOption.Create();

    /// <summary>Makes the command.</summary>
    public Command Create()
    {
        var command = new Command("inspect", "Says what is in a weight file, and checks it: values that are not finite, equal tensors, rows of zeros, checksums.") { _file, _tensor, _sort, _json };
        command.SetAction(result => Run(result.GetRequiredValue(_file), result));
        return command;
    }

    private int Run(string path, ParseResult result)
    {
        string? pattern = result.GetValue(_tensor);
        bool json = result.GetValue(_json);
        if (!PackedInspection.IsPacked(path))
        {
            SafetensorsReport report = SafetensorsInspection.Run(context, path, pattern, result.GetValue(_sort) ?? TensorOrder.File);
            return Write(json, report, report.Problems, console => SafetensorsTable.Write(console, report));
        }

        if (pattern is not null)
        {
            throw ToolException.Usage("--tensor: packed weights list no tensors, only the declaration knows where they lie; give the safetensors file that they were made from");
        }

        PackedReport packed = PackedInspection.Run(context, path);
        return Write(json, packed, packed.Problems, console => Facts.Write(console, Printable.Of(packed.File), packed.Facts()));
    }

    private int Write<T>(bool json, T report, IReadOnlyList<string> problems, Action<IAnsiConsole> write)
    {
        if (json)
        {
            JsonOutput.Write(context.Output, report);
        }
        else
        {
            write(context.TableConsole());
        }

        if (problems.Count == 0)
        {
            return ExitCode.Success;
        }

        context.Output.Flush();
        string more = problems.Count == 1 ? "" : $" (and {Numbers.Plural(problems.Count - 1, "more problem", "more problems")})";
        throw ToolException.Problem($"the file has problems: {problems[0].TrimEnd('.')}{more}. Convert or copy it again from the original");
    }
}
