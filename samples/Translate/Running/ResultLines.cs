using System.Globalization;

namespace Translate.Running;

/// <summary>
/// The lines that translations with numbers are printed as: for people in a terminal, for scripts elsewhere. Lists have the format of Moses'
/// n-best lists, which other translators and the scripts around them share.
/// </summary>
internal static class ResultLines
{
    /// <summary>What follows a translation in its line.</summary>
    public static string Scores(double score, double logProbability, bool isTerminal) =>
        isTerminal ? $"  (score {Number(score)}, log-probability {Number(logProbability)})" : $"\t{Number(score)}\t{Number(logProbability)}";

    /// <summary>One of the best translations of a text.</summary>
    /// <param name="text">The number of the text, from 0.</param>
    /// <param name="rank">The number of the translation, from 0.</param>
    /// <param name="translation">The translation.</param>
    /// <param name="score">Its score.</param>
    /// <param name="logProbability">The sum, where it is to be printed.</param>
    /// <param name="isTerminal">Whether a terminal shows the line.</param>
    public static string NBest(long text, int rank, string translation, double score, double? logProbability, bool isTerminal)
    {
        string sum = logProbability is { } value ? Number(value) : "";
        return isTerminal
            ? $"{rank + 1,3}  {translation}{(sum.Length == 0 ? "" : Scores(score, logProbability!.Value, isTerminal))}"
            : $"{text} ||| {translation} ||| {(sum.Length == 0 ? "" : $"LogProbability= {sum} ||| ")}{Number(score)}";
    }

    /// <summary>One of the ways to go on.</summary>
    /// <param name="text">The number of the text, from 0.</param>
    /// <param name="translation">The translation.</param>
    /// <param name="probability">How probable it is that the translation goes on so.</param>
    /// <param name="isTerminal">Whether a terminal shows the line.</param>
    public static string Alternative(long text, string translation, double probability, bool isTerminal) =>
        isTerminal ? $"{(probability * 100).ToString("F2", CultureInfo.InvariantCulture),6} %  {translation}" : $"{text} ||| {translation} ||| {Number(probability)}";

    private static string Number(double value) => value.ToString("F4", CultureInfo.InvariantCulture);
}
