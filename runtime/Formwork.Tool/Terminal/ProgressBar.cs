using Spectre.Console;

namespace Formwork.Tool.Terminal;

/// <summary>Progress on standard error, where that is a terminal; nowhere else.</summary>
internal static class ProgressBar
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(100);

    /// <summary>Does something of a known length, which says how far it is.</summary>
    /// <param name="context">Where to show it.</param>
    /// <param name="label">What is being done.</param>
    /// <param name="total">The whole, in bytes for example.</param>
    /// <param name="work">The work; what it calls takes how much more is done.</param>
    public static T Run<T>(ToolContext context, string label, long total, Func<Action<long>, T> work)
    {
        if (!context.ErrorIsTerminal)
        {
            return work(static _ => { });
        }

        return Bar(context, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()).Start(progress =>
        {
            ProgressTask task = progress.AddTask(Markup.Escape(label), maxValue: Math.Max(total, 1));
            return work(done => task.Increment(done));
        });
    }

    /// <summary>
    /// Does something that cannot say how far it is. It is left behind where the user interrupts, so it must not write anything: the
    /// process ends soon after.
    /// </summary>
    public static T Wait<T>(ToolContext context, string label, Func<T> work)
    {
        Task<T> task = Task.Run(work, CancellationToken.None);
        if (!context.ErrorIsTerminal || IsOver(task, context.Cancellation))
        {
            return Result(task, context.Cancellation);
        }

        return Bar(context, new SpinnerColumn(), new ElapsedTimeColumn()).Start(progress =>
        {
            progress.AddTask(Markup.Escape(label)).IsIndeterminate();
            return Result(task, context.Cancellation);
        });
    }

    private static bool IsOver(Task task, CancellationToken cancellation) => Task.WaitAny([task], (int)Patience.TotalMilliseconds, cancellation) == 0;

    private static T Result<T>(Task<T> task, CancellationToken cancellation) => task.WaitAsync(cancellation).GetAwaiter().GetResult();

    private static Progress Bar(ToolContext context, params ProgressColumn[] columns)
    {
        Progress bar = context.ErrorConsole().Progress()
            .AutoClear(true)
            .Columns([new TaskDescriptionColumn(), .. columns]);
        bar.RefreshRate = Refresh;
        return bar;
    }
}
