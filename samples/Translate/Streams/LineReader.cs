using System.Text;

namespace Translate.Streams;

/// <summary>
/// Reads lines of UTF-8. Only a line feed ends a line, so that the lines of the output are those of the input whatever else is in them;
/// a carriage return before it is dropped. Bytes that are no UTF-8 become U+FFFD.
/// </summary>
internal sealed class LineReader(Stream input)
{
    private const int LongestLine = 4 * 1024 * 1024;
    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;

    /// <summary>How many bytes the lines read so far took.</summary>
    public long BytesRead { get; private set; }

    /// <summary>The next line, or null after the last.</summary>
    public string? Read()
    {
        int searched = 0;
        while (true)
        {
            int found = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (found >= 0)
            {
                return Take(searched + found, terminator: 1);
            }

            searched = _end - _start;
            if (!Fill())
            {
                return searched == 0 ? null : Take(searched, terminator: 0);
            }
        }
    }

    private string Take(int length, int terminator)
    {
        ReadOnlySpan<byte> line = _buffer.AsSpan(_start, length);
        if (BytesRead == 0 && line.StartsWith(Encoding.UTF8.Preamble))
        {
            line = line[Encoding.UTF8.Preamble.Length..];
        }

        line = line is [.., (byte)'\r'] ? line[..^1] : line;
        string text = Encoding.UTF8.GetString(line);
        _start += length + terminator;
        BytesRead += length + terminator;
        return text;
    }

    private bool Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= LongestLine)
            {
                throw new UserErrorException($"a line of the input is longer than {LongestLine / (1024 * 1024)} MiB: is it text?");
            }

            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        int read = ReadInput();
        _end += read;
        return read > 0;
    }

    private int ReadInput()
    {
        try
        {
            return input.Read(_buffer, _end, _buffer.Length - _end);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"standard input cannot be read: {problem.Message}", problem);
        }
    }
}
