using System.CommandLine;
using Formwork.Tool.Terminal;

namespace Formwork.Tool.Commands;

internal sealed class PlanCommand(ToolContext context)
{
    public Command Create() => new("plan", context.ToString()!);
}
