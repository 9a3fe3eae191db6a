using System.CommandLine;
using Formwork.Tool.Declarations;
using Formwork.Tool.Files;
using Formwork.Tool.Packing;
using Formwork.Tool.Quantisation;
using Formwork.Tool.Terminal;
using Formwork.Weights;

namespace Formwork.Tool.Commands;

/// <summary><c>quantize</c>: what a weight type costs each matrix in accuracy, and the file packed so.</summary>
internal sealed class QuantizeCommand(ToolContext context)
{
    private readonly Argument<string> _file = new("FILE") { Description = "The checkpoint: a safetensors file, or the index of its shards (model.safetensors.index.json)." };
    private readonly Option<WeightType?> _type = NamesOption.Create<WeightType>("--type", "The weight type");
    private readonly Option<bool> _report = new("--report") { Description = "Measure the matrices where a file is written too; without -o they always are." };
    private readonly Option<string?> _output = new("--output", "-o") { Description = "Write the packed file; needs a declaration, whose Weights are replaced.", HelpName = "file" };
    private readonly DeclarationOptions _declaration = new("--model", hasWeights: false);
    private readonly Option<bool> _json = JsonOption.Create();

    /// <summary>Makes the command.</summary>
    public Command Create()
    {
        _type.Required = true;
        var command = new Command("quantize", "Measures what a weight type makes of each matrix, the worst first, and packs the file so.") { _file, _type, _report, _output };
        _declaration.AddTo(command);
        command.Add(_json);
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult result)
    {
        string file = result.GetRequiredValue(_file);
        WeightType type = result.GetRequiredValue(_type)!.Value;
        string? output = result.GetValue(_output);
        DeclarationRequest? request = _declaration.AreGiven(result) ? _declaration.Read(result).With(type) : null;
        if (output is not null)
        {
            OutputFile.Check(output, [file, .. request?.Inputs ?? throw ToolException.Usage("-o needs --declaration with the C# file that declares the model, because its layout is the file's")]);
        }

        CheckedFile.Look(file, output);
        using CompiledModel? model = request is null ? null : new ModelCompiler(context).Compile(request);
        MatrixError[]? matrices = output is null || result.GetValue(_report) ? Measure(file, type, model) : null;
        PackReport? packed = output is null ? null : new Packer(context).Pack(model!, request!.Model.FullName, file, output);
        QuantisationReport report = new(file, type, request?.Model.FullName, matrices is null ? null : QuantisationTotals.Of(matrices), matrices, packed);
        Write(report, result.GetValue(_json));
        return ExitCode.Success;
    }

    private MatrixError[] Measure(string path, WeightType type, CompiledModel? model)
    {
        using Checkpoint checkpoint = Checkpoint.Open(path);
        IReadOnlyList<PackedMatrix> matrices = model is null ? Matrices.Of(checkpoint.Tensors, type) : Matrices.Of(checkpoint.Tensors, model.Manifest());
        MatrixError[] errors = ProgressBar.Run(context, "quantising", matrices.Sum(static matrix => matrix.Tensor.ByteLength), progress =>
        {
            var meter = new ErrorMeter(context.Cancellation);
            return matrices.Select(matrix => meter.Measure(matrix, progress))
                .OrderByDescending(static error => error.RelativeRmsError)
                .ThenBy(static error => error.Name, StringComparer.Ordinal)
                .ToArray();
        });
        checkpoint.Tensors.ThrowIfChanged();
        return errors;
    }

    private void Write(QuantisationReport report, bool json)
    {
        if (json)
        {
            JsonOutput.Write(context.Output, report);
        }
        else
        {
            QuantisationTable.Write(context.TableConsole(), report);
            if (report.Packed is { } packed)
            {
                context.Output.WriteLine($"{packed.Line()}; it loads where the declaration says Weights = WeightType.{report.Type}");
            }
        }

        // What the scale of a group clips is a choice; what a half cannot hold at all is refused by the loader.
        MatrixError? beyond = report.Matrices?.FirstOrDefault(static matrix => matrix is { Clipped: > 0, Type: WeightType.Float16 or WeightType.BFloat16 });
        if (beyond is not null)
        {
            context.Output.Flush();
            throw ToolException.Problem(
                $"{Numbers.Plural(beyond.Clipped, "weight", "weights")} of {WeightProblem.Quote(beyond.Name)} are beyond {beyond.Type}, which Load refuses; choose another type");
        }
    }
}
