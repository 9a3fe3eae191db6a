namespace Formwork.Generation.Constraints;

/// <summary>
/// The wish for a prefix: every probability gives up the part β, and the prefix's next token gets it all ("Re-translation versus Streaming for
/// Simultaneous Translation", Arivazhagan et al., 2020).
/// </summary>
internal static class PrefixBias
{
    /// <summary>Changes <c>log p</c> to <c>log((1 − β) · p)</c>, and that of the prefix's next token to <c>log((1 − β) · p + β)</c>.</summary>
    /// <param name="logProbabilities">The log-probabilities of all ids, changed in place: [vocabulary].</param>
    /// <param name="next">The prefix's next id.</param>
    /// <param name="beta">β, from 0 and below 1.</param>
    public static void Apply(Span<float> logProbabilities, int next, float beta)
    {
        double rest = Math.Log(1 - (double)beta);
        double wished = LogAddExp(logProbabilities[next] + rest, Math.Log(beta));
        for (int token = 0; token < logProbabilities.Length; token++)
        {
            logProbabilities[token] = (float)(logProbabilities[token] + rest);
        }

        logProbabilities[next] = (float)wished;
    }

    /// <summary><c>log(eᵃ + eᵇ)</c> around the larger of the two, so that nothing overflows and neither is lost. NaN where one is.</summary>
    private static double LogAddExp(double a, double b)
    {
        double max = Math.Max(a, b);
        return double.IsFinite(max) ? max + Math.Log(1 + Math.Exp(Math.Min(a, b) - max)) : max;
    }
}
