namespace Formwork.Pipeline;

/// <summary>The files of a model's directory.</summary>
internal static class ModelFolder
{
    /// <summary>Files of weights in the order in which they are preferred: packed ones need no conversion.</summary>
    private static readonly string[] WeightFiles = ["model.fw", "model.safetensors", "model.safetensors.index.json"];

    /// <summary>The file of weights that a directory has.</summary>
    /// <param name="directory">The directory.</param>
    /// <exception cref="PipelineException">There is no such directory, or no such file in it.</exception>
    public static string Weights(string directory)
    {
        if (!Directory.Exists(directory))
        {
            throw new PipelineException(PipelineError.DirectoryMissing, $"There is no directory '{directory}': name the one that holds the model's weights and its tokeniser's files.");
        }

        string? found = WeightFiles.Select(name => Path.Combine(directory, name)).FirstOrDefault(File.Exists);
        return found ?? throw new PipelineException(
            PipelineError.WeightsMissing,
            $"The directory '{directory}' has none of {string.Join(", ", WeightFiles)}: download the model's weights into it, or pack them with 'formwork pack'. (pytorch_model.bin is not read: convert it to safetensors.)");
    }
}
