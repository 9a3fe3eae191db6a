using Formwork.Tool;
using Formwork.Tool.Terminal;

using var interruption = new Interruption();
using ToolContext context = ToolContext.OfProcess(interruption.Token);
return ToolProgram.Run(args, context);
