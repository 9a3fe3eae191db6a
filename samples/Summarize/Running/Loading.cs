using Spectre.Console;
using Translate.Running;

namespace Summarize.Running;

/// <summary>Shows a bar on standard error while a model is loaded, where a terminal is there to see it.</summary>
internal static class Loading
{
    public static T Show<T>(string model, Func<T> load)
        where T : class
    {
        if (Console.IsErrorRedirected)
        {
            return load();
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            // Standard input being a pipe does not keep a bar from moving.
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(Console.Error),
        });
        T? loaded = null;
        using (Interruption.HidesCursor())
        {
            console.Progress()
                .AutoClear(true)
                .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new ElapsedTimeColumn())
                .Start(progress =>
                {
                    ProgressTask task = progress.AddTask($"loading {Markup.Escape(model)}");
                    task.IsIndeterminate = true;
                    loaded = load();
                });
        }

        return loaded!;
    }
}
