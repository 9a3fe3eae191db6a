using System.IO.Compression;

namespace Formwork.Benchmarks.Corpus;

/// <summary>Reads a text file, a sentence a line, compressed or not.</summary>
internal static class CorpusFile
{
    /// <summary>The lines.</summary>
    /// <param name="path">The file; one that ends in .gz is decompressed.</param>
    /// <exception cref="UserErrorException">The file cannot be read.</exception>
    public static string[] Read(string path)
    {
        try
        {
            using Stream file = File.OpenRead(path);
            using Stream text = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
            using StreamReader reader = new(text);
            List<string> lines = [];
            while (reader.ReadLine() is { } line)
            {
                lines.Add(line);
            }

            return [.. lines];
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new UserErrorException($"'{path}' cannot be read: {problem.Message}", problem);
        }
    }

    /// <summary>A file of the Multi30k folder beside the repository, on machines that have it.</summary>
    /// <exception cref="UserErrorException">It is not there.</exception>
    public static string Beside(string name) => BesideRepository.Find("data", "multi30k", name)
        ?? throw new UserErrorException($"there is no shared/data/multi30k/{name} beside the repository; name files with --source and --reference");
}
