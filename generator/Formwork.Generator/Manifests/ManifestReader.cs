using System.Text;
using Formwork.Generator.Model;

namespace Formwork.Generator.Manifests;

/// <summary>Reads the text of a weight manifest. Any text is either a manifest or has a fault; none throws.</summary>
internal static class ManifestReader
{
    private const string Heading = "# formwork weight manifest ";
    private const string FirstLine = Heading + "1";
    private const string LfsPointer = "version https://git-lfs";
    private const string Tabular = "'TYPE SHAPE sha256:HEX NAME', separated by single spaces";

    /// <summary>The runtime's <c>SafetensorsLimits.NameLength</c>.</summary>
    private const int LongestName = 1024;

    /// <summary>Reads a manifest up to its end or its first fault.</summary>
    public static WeightManifest Read(string text)
    {
        var tensors = new List<ManifestTensor>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (ManifestPlace place in Lines(text))
        {
            string line = text.Substring(place.Start, place.Length);
            if ((place.Line == 0 ? HeadingFault(line) : LineFault(line, place, names, tensors)) is { } reason)
            {
                return new(EquatableArray<ManifestTensor>.Empty, new(place, reason));
            }
        }

        return new(new(tensors), null);
    }

    /// <summary>The lines without their ends, which are a line feed or a carriage return and a line feed.</summary>
    private static IEnumerable<ManifestPlace> Lines(string text)
    {
        int start = 0;
        for (int line = 0; start <= text.Length; line++)
        {
            int feed = text.IndexOf('\n', start);
            int end = feed < 0 ? text.Length : feed;
            int length = end > start && text[end - 1] == '\r' ? end - start - 1 : end - start;
            yield return new(line, start, length);
            start = end + 1;
        }
    }

    private static string? HeadingFault(string line)
    {
        if (line == FirstLine)
        {
            return null;
        }

        return line.StartsWith(LfsPointer, StringComparison.Ordinal) ? "the file is a Git LFS pointer; run 'git lfs pull'"
            : line.StartsWith(Heading, StringComparison.Ordinal) ? $"it is a manifest of another version than 1, the one that this Formwork reads; write it again with 'formwork manifest'"
            : $"'{FirstLine}' was expected; write the file with 'formwork manifest'";
    }

    private static string? LineFault(string line, ManifestPlace place, HashSet<string> names, List<ManifestTensor> tensors)
    {
        if (line.Length == 0 || line[0] == '#' || line.All(static character => character is ' ' or '\t'))
        {
            return null;
        }

        string[] words = line.Split([' '], 4);
        if (words.Length < 4 || words[3].Length == 0)
        {
            return $"{Tabular}, was expected";
        }

        if (!ElementTypes.IsKnown(words[0]))
        {
            return $"{Quoted.Name(words[0])} is no element type of safetensors, such as F32, F16 or BF16";
        }

        if (ShapeText.Parse(words[1]) is not { } shape)
        {
            return $"{Quoted.Name(words[1])} is no shape: dimensions joined by 'x', such as 512x128, or 'scalar', were expected";
        }

        if (!Checksum.TryParse(words[2], out string sha256))
        {
            return $"'sha256:' and 64 hexadecimal digits in lower case were expected instead of {Quoted.Name(words[2])}";
        }

        if (Unescape(words[3]) is not { Length: <= LongestName } name)
        {
            return $"a name of at most {LongestName} characters was expected, with '\\\\' for a backslash and '\\u00' with two digits for a control character";
        }

        if (!names.Add(name))
        {
            return $"tensor {Quoted.Name(name)} is listed twice";
        }

        tensors.Add(new(words[0], shape, sha256, name, place));
        return null;
    }

    /// <summary>A name as it is in the weight file, or null where an escape is none.</summary>
    private static string? Unescape(string text)
    {
        const int Digits = 4;
        var name = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i]))
            {
                return null;
            }

            if (text[i] != '\\')
            {
                name.Append(text[i]);
                continue;
            }

            i++;
            if (i < text.Length && text[i] == '\\')
            {
                name.Append('\\');
            }
            else if (i + Digits < text.Length && text[i] == 'u' && text[i + 1] == '0' && text[i + 2] == '0' && Hexadecimal(text[i + 3]) is { } high && Hexadecimal(text[i + 4]) is { } low)
            {
                name.Append((char)((high * 16) + low));
                i += Digits;
            }
            else
            {
                return null;
            }
        }

        return name.ToString();
    }

    private static int? Hexadecimal(char digit) => digit switch
    {
        >= '0' and <= '9' => digit - '0',
        >= 'a' and <= 'f' => digit - 'a' + 10,
        >= 'A' and <= 'F' => digit - 'A' + 10,
        _ => null,
    };
}
