using System.Globalization;
using System.Text;
using Formwork.Tool.Files;
using Formwork.Weights;

namespace Formwork.Tool.Manifests;

/// <summary>
/// The text manifest of a checkpoint, which the generator compares with a declaration. A tensor is a line
/// <c>TYPE SHAPE sha256:HEX NAME</c>; lines are ordered by name, so that
/// the text depends on nothing but the files, and the tensors' lines not on how many files hold them.
/// </summary>
internal static class ManifestText
{
    /// <summary>The first line; the number moves with the format.</summary>
    public const string FirstLine = "# formwork weight manifest 1";

    private const char EndOfLine = '\n';

    /// <summary>The comment that says which file it is of, or is one of those.</summary>
    public static string Comment(string name, long bytes) => $"# {Escape(name)}, {bytes.ToString(CultureInfo.InvariantCulture)} bytes";

    /// <summary>One tensor's line.</summary>
    public static string Line(SafetensorsTensor tensor, string sha256) => $"{DTypeNames.Of(tensor.DType)} {Shape(tensor.Shape)} sha256:{sha256} {Escape(tensor.Name)}";

    /// <summary>All lines, each with its end.</summary>
    public static string Of(IEnumerable<(string Name, long Bytes)> files, IEnumerable<string> lines)
    {
        var text = new StringBuilder(FirstLine).Append(EndOfLine);
        foreach (string line in files.Select(static file => Comment(file.Name, file.Bytes)).Concat(lines))
        {
            text.Append(line).Append(EndOfLine);
        }

        return text.ToString();
    }

    /// <summary>A name that fits one line: <c>\</c> is doubled and control characters are written <c>\u00XX</c>.</summary>
    public static string Escape(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (char c in name)
        {
            if (c == '\\')
            {
                text.Append(@"\\");
            }
            else if (char.IsControl(c))
            {
                text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            }
            else
            {
                text.Append(c);
            }
        }

        return text.ToString();
    }

    private static string Shape(ReadOnlySpan<long> dimensions)
    {
        if (dimensions.IsEmpty)
        {
            return "scalar";
        }

        var text = new StringBuilder();
        foreach (long dimension in dimensions)
        {
            text.Append(text.Length == 0 ? "" : "x").Append(dimension.ToString(CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }
}
