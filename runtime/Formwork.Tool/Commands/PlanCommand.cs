using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Formwork.Tool.Declarations;
using Formwork.Tool.Files;
using Formwork.Tool.Plans;
using Formwork.Tool.Terminal;
using Microsoft.CodeAnalysis;

namespace Formwork.Tool.Commands;

/// <summary><c>plan</c>: the report of a model's plan, without a project.</summary>
internal sealed class PlanCommand(ToolContext context)
{
    private readonly DeclarationOptions _declaration = new();
    private readonly Option<double?> _bandwidth = new("--bandwidth") { Description = "What the memory of the device reads in GB/s, for the bounds on its speed.", HelpName = "GB/s" };
    private readonly Option<string?> _output = new("--output", "-o") { Description = "Write the report to a file.", HelpName = "file" };
    private readonly Option<bool> _json = JsonOption.Create();

    /// <summary>Makes the command.</summary>
    public Command Create()
    {
        var command = new Command("plan", "Prints a model's plan: its memory, its work for a token, and what bounds it.");
        _declaration.AddTo(command);
        command.Add(_bandwidth);
        command.Add(_output);
        command.Add(_json);
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult result)
    {
        string? output = result.GetValue(_output);
        bool json = result.GetValue(_json);
        Dictionary<string, string> options = Options(result.GetValue(_bandwidth));
        DeclarationRequest request = _declaration.Read(result);
        if (output is not null)
        {
            OutputFile.Check(output, request.Inputs);
        }

        ImmutableArray<GeneratedSourceResult> files = new ModelCompiler(context).Generate(request, options).Files;
        string report = (json ? PlanArtifacts.Json(files) : PlanArtifacts.Markdown(files))
            ?? throw ToolException.Problem($"the generator made no report of {request.Model.FullName}; update the formwork tool to a version whose generator has reports");
        if (output is not null)
        {
            OutputFile.WriteText(output, report);
        }
        else if (json || !context.OutputIsTerminal)
        {
            context.Output.Write(report);
        }
        else
        {
            MarkdownView.Write(context.TextConsole(), report);
        }

        return ExitCode.Success;
    }

    private static Dictionary<string, string> Options(double? bandwidth)
    {
        var options = new Dictionary<string, string> { [PlanArtifacts.Report] = "true" };
        if (bandwidth is { } rate)
        {
            if (!(rate > 0) || double.IsInfinity(rate))
            {
                throw ToolException.Usage(string.Create(CultureInfo.InvariantCulture, $"--bandwidth {rate}: a number of GB/s above 0"));
            }

            options[PlanArtifacts.Bandwidth] = rate.ToString(CultureInfo.InvariantCulture);
        }

        return options;
    }
}
