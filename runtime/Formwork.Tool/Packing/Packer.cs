using System.Diagnostics;
using Formwork.Tool.Declarations;
using Formwork.Tool.Files;
using Formwork.Tool.Terminal;

namespace Formwork.Tool.Packing;

/// <summary>Packs a checkpoint by calling the generated <c>Load</c> and <c>Save</c> of its model: nothing here knows the format.</summary>
internal sealed class Packer(ToolContext context)
{
    /// <summary>Packs for a compiled declaration.</summary>
    /// <param name="model">The model.</param>
    /// <param name="name">Its name.</param>
    /// <param name="file">The checkpoint.</param>
    /// <param name="output">The packed file to write.</param>
    /// <exception cref="Weights.WeightLoadException">The file is not the model's, or is damaged.</exception>
    /// <exception cref="Weights.WeightSaveException">The packed file could not be written; nothing of it is left.</exception>
    public PackReport Pack(CompiledModel model, string name, string file, string output)
    {
        var clock = Stopwatch.StartNew();
        using (IDisposable loaded = ProgressBar.Wait(context, "packing", () => model.LoadWeights(file)))
        {
            // From here on the file is written to its end: an interruption must not leave half of it.
            context.Cancellation.ThrowIfCancellationRequested();
            model.SaveWeights(loaded, output);
        }

        return PackReport.Of(name, file, CheckedFile.Bytes(file), output, clock.Elapsed);
    }
}
