using System.Text;

namespace Formwork.Weights;

/// <summary>Tells what a file is that is not a safetensors file, by its first bytes. People give the wrong file far more often than a damaged one.</summary>
internal static class ForeignFormats
{
    /// <summary>Bytes from the start of a file that are enough to tell.</summary>
    public const int PrefixBytes = 128;

    private const string Convert =
        "Convert it once in Python, from a source you trust: load the checkpoint, then safetensors.torch.save_file(state_dict, \"model.safetensors\").";

    /// <summary>The problem that names the file's kind, or null where it is none that is known.</summary>
    public static WeightProblem? Recognise(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("version https://git-lfs"u8))
        {
            return new WeightProblem(WeightLoadError.LfsPointer, "the file is a Git LFS pointer, a few lines of text that stand for the real file",
                "Run `git lfs install` and `git lfs pull` in the repository that it came from, or download the file itself.");
        }
        if (start.StartsWith("PK\x03\x04"u8) || start.StartsWith("PK\x05\x06"u8))
        {
            return new WeightProblem(WeightLoadError.ZipArchive,
                "the file is a ZIP archive, as PyTorch checkpoints (.bin, .pt, .ckpt) and NumPy's .npz files are, not a safetensors file", Convert);
        }
        if (start.Length >= 2 && start[0] == 0x80 && start[1] is >= 2 and <= 5)
        {
            return new WeightProblem(WeightLoadError.Pickle,
                "the file is a Python pickle, as older PyTorch checkpoints are; a pickle is a program and is never run here", Convert);
        }
        if (start.StartsWith("GGUF"u8))
        {
            return new WeightProblem(WeightLoadError.Gguf, "the file is in GGUF, the format of llama.cpp, not a safetensors file",
                "Use the original checkpoint's model.safetensors; a GGUF file is usually made from one.");
        }
        if (PackedHeader.IsAt(start))
        {
            return new WeightProblem(WeightLoadError.OtherFormat, "the file holds packed weights (.fw), not safetensors",
                "Give it to the Load of the model that it was saved from; only the original safetensors file shows single tensors.");
        }
        if (OtherName(start) is { } other)
        {
            return new WeightProblem(WeightLoadError.OtherFormat, $"the file is {other}, not a safetensors file",
                "Decompress or convert it first; safetensors' save_file writes what is read here.");
        }
        ReadOnlySpan<byte> text = (start.StartsWith("\uFEFF"u8) ? start[3..] : start).TrimStart(" \t\r\n"u8);
        if (text.Length > 1 && text[0] == (byte)'<' && Ascii.IsValid(text[1]) && (char.IsAsciiLetter((char)text[1]) || text[1] is (byte)'!' or (byte)'?'))
        {
            return new WeightProblem(WeightLoadError.HtmlPage, "the file is a web page or an XML answer, not a safetensors file",
                "The download was answered with an error or a log-in page: open the file in a text editor to see it, then download again.");
        }
        if (text.Length > 1 && text[0] is (byte)'{' or (byte)'[' && text[1] is (byte)'"' or (byte)'\n' or (byte)'\r' or (byte)' ' or (byte)'}')
        {
            return new WeightProblem(WeightLoadError.JsonText, "the file is JSON text, not a safetensors file",
                "Give the model.safetensors beside it, or, where the checkpoint is split into shards, its model.safetensors.index.json by that name.");
        }
        return null;
    }

    private static string? OtherName(ReadOnlySpan<byte> start) =>
        start.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'H', (byte)'D', (byte)'F']) ? "an HDF5 file (Keras or TensorFlow)"
        : start.StartsWith((ReadOnlySpan<byte>)[0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y']) ? "a NumPy array"
        : start.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) ? "compressed with gzip"
        : null;
}
