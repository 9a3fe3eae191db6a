namespace Formwork.Generation;

/// <summary>What finished hypotheses are ranked by.</summary>
internal static class BeamScore
{
    /// <summary><c>sum / length^penalty</c>.</summary>
    public static float Normalize(float sum, int length, float penalty) => (float)(sum / Math.Pow(length, penalty));

    /// <summary>
    /// <c>Σⱼ log min(cⱼ, 1)</c> over the source positions j that have any coverage c ("Google's Neural Machine Translation System", Wu et al.,
    /// 2016, equation 14; positions without any are left out as in CTranslate2, where the equation gives −∞).
    /// </summary>
    public static float Coverage(ReadOnlySpan<float> coverage)
    {
        double penalty = 0;
        foreach (float covered in coverage)
        {
            if (covered > 0)
            {
                penalty += Math.Log(Math.Min(covered, 1f));
            }
        }

        return (float)penalty;
    }
}
