namespace Formwork.Tests.Kernels;

/// <summary>Every kernel's formula in scalar double precision, as plainly as it can be written.</summary>
internal static class Reference
{
    /// <summary>Half the distance between 1 and the next float: the rounding error of one operation, relative to its result.</summary>
    public const double UnitRoundoff = 1.0 / (1 << 24);

    /// <summary>W [outputs, inputs] is dense here. The second result is Σ |terms|, what a bound on the error is relative to.</summary>
    public static (double Value, double Magnitude) Linear(
        ReadOnlySpan<float> x, ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, int row, int output, int inputs)
    {
        double sum = bias.IsEmpty ? 0 : bias[output];
        double magnitude = Math.Abs(sum);
        for (int k = 0; k < inputs; k++)
        {
            double term = (double)x[(row * inputs) + k] * weight[(output * inputs) + k];
            sum += term;
            magnitude += Math.Abs(term);
        }

        return (sum, magnitude);
    }

    public static double[] LayerNorm(ReadOnlySpan<float> row, ReadOnlySpan<float> gamma, ReadOnlySpan<float> beta, double epsilon)
    {
        double mean = 0;
        foreach (float value in row)
        {
            mean += value;
        }

        mean /= row.Length;
        double variance = 0;
        foreach (float value in row)
        {
            variance += (value - mean) * (value - mean);
        }

        variance /= row.Length;
        double[] result = new double[row.Length];
        for (int i = 0; i < row.Length; i++)
        {
            result[i] = ((row[i] - mean) / Math.Sqrt(variance + epsilon) * gamma[i]) + (beta.IsEmpty ? 0 : beta[i]);
        }

        return result;
    }

    public static double[] RmsNorm(ReadOnlySpan<float> row, ReadOnlySpan<float> gamma, double epsilon)
    {
        double squares = 0;
        foreach (float value in row)
        {
            squares += (double)value * value;
        }

        double[] result = new double[row.Length];
        for (int i = 0; i < row.Length; i++)
        {
            result[i] = row[i] / Math.Sqrt((squares / row.Length) + epsilon) * gamma[i];
        }

        return result;
    }

    public static double[] Softmax(double[] scores, double scale)
    {
        double max = scores.Max();
        double[] terms = [.. scores.Select(score => Math.Exp((score - max) * scale))];
        double sum = terms.Sum();
        return [.. terms.Select(term => term / sum)];
    }

    public static double LogSumExp(ReadOnlySpan<float> logits)
    {
        double max = double.NegativeInfinity;
        foreach (float logit in logits)
        {
            max = Math.Max(max, logit);
        }

        double sum = 0;
        foreach (float logit in logits)
        {
            sum += Math.Exp(logit - max);
        }

        return max + Math.Log(sum);
    }

    public static double Relu(double x) => Math.Max(0, x);

    public static double Silu(double x) => x / (1 + Math.Exp(-x));

    public static double GeluTanh(double x) => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x))));

    public static double GeluErf(double x) => 0.5 * x * Erfc(-x / Math.Sqrt(2));

    /// <summary>The complementary error function: its Taylor series near zero, its continued fraction further out.</summary>
    public static double Erfc(double x)
    {
        if (x < 0)
        {
            return 2 - Erfc(-x);
        }

        if (x < 2.5)
        {
            double term = x;
            double sum = x;
            for (int k = 1; k < 120; k++)
            {
                term *= -x * x / k;
                sum += term / ((2 * k) + 1);
            }

            return 1 - (2 / Math.Sqrt(Math.PI) * sum);
        }

        double fraction = 0;
        for (int k = 200; k >= 1; k--)
        {
            fraction = k / 2.0 / (x + fraction);
        }

        return Math.Exp(-x * x) / Math.Sqrt(Math.PI) / (x + fraction);
    }
}
