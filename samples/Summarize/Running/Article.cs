using System.Text;
using Translate;

namespace Summarize.Running;

/// <summary>Reads the text that is to be summarised.</summary>
internal static class Article
{
    private const int MostBytes = 64 * 1024 * 1024;

    /// <summary>Reads a file, or standard input where there is none. Bytes that are no UTF-8 become U+FFFD.</summary>
    public static string Read(string? path)
    {
        if (path is null && !Console.IsInputRedirected)
        {
            throw new UserErrorException("there is nothing to summarise: name a file, or give the text on standard input");
        }

        string name = path is null ? "standard input" : $"'{path}'";
        try
        {
            using Stream input = path is null ? Console.OpenStandardInput() : File.OpenRead(path);
            using var bytes = new MemoryStream();
            byte[] buffer = new byte[64 * 1024];
            for (int read; (read = input.Read(buffer)) > 0;)
            {
                bytes.Write(buffer, 0, read);
                if (bytes.Length > MostBytes)
                {
                    throw new UserErrorException($"{name} is longer than {MostBytes / (1024 * 1024)} MiB: is it text?");
                }
            }

            ReadOnlySpan<byte> text = bytes.GetBuffer().AsSpan(0, (int)bytes.Length);
            return Encoding.UTF8.GetString(text.StartsWith(Encoding.UTF8.Preamble) ? text[Encoding.UTF8.Preamble.Length..] : text);
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UserErrorException($"there is no file {name}", problem);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{name} cannot be read: {problem.Message}", problem);
        }
    }
}
