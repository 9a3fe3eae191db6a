using System.CommandLine;
using Formwork.Tool.Terminal;

namespace Formwork.Tool.Commands;

internal sealed class QuantizeCommand(ToolContext context)
{
    public Command Create() => new("quantize", context.ToString()!);
}
