namespace Formwork.Weights;

/// <summary>Packed weights could not be saved. The file that was there before, if any, is unchanged; the message says why and what to do.</summary>
public sealed class WeightSaveException : Exception
{
    internal WeightSaveException(string path, string reason, string advice, Exception? inner)
        : base($"Cannot save {path}: {reason}. {advice}", inner)
    {
    }
}
