using Translate.Attention;
using Translate.Sentences;
using Translate.Timing;

namespace Translate.Running;

/// <summary>Translates the sentences given as arguments.</summary>
internal static class ArgumentRun
{
    public static void Run(Session session, Settings settings)
    {
        for (int i = 0; i < settings.Sentences.Count; i++)
        {
            session.Translate(settings.Sentences[i], settings.Sentences.Count == 1 ? "the text" : $"text {i + 1}");
        }

        if (settings.AttentionSvg is { } path)
        {
            WriteSvg(session.Maps, path);
        }

        if (session.Stopwatches is { } stopwatches)
        {
            TimingReport.Write(stopwatches, Console.Error);
        }
    }

    private static void WriteSvg(IReadOnlyList<AttentionMap> maps, string path)
    {
        if (maps.Count == 0)
        {
            throw new UserErrorException($"there is no attention to draw: nothing was translated, so '{path}' was not written");
        }

        try
        {
            using FileStream file = File.Create(path);
            SvgHeatMap.Write(maps, EnglishToFrench.DecoderLayers, file);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UserErrorException($"the picture '{path}' cannot be written: {problem.Message}", problem);
        }
    }
}
