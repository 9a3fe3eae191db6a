using Translate.Sentences;

namespace Translate.Running;

/// <summary>Writes what became of one text after the other: a line, or the list that was asked for.</summary>
internal sealed class ResultWriter(DecodingSettings decoding, TextWriter output)
{
    private readonly bool _isTerminal = !Console.IsOutputRedirected;
    private long _texts;

    public void Write(WholeText whole)
    {
        int rank = 0;
        foreach ((string text, double score, double logProbability) in whole.Translations())
        {
            if (decoding.NBest is not null)
            {
                output.WriteLine(ResultLines.NBest(_texts, rank++, text, score, decoding.Scores ? logProbability : null, _isTerminal));
                continue;
            }

            // A stream has written the text already.
            output.Write(decoding.Stream ? "" : text);
            output.WriteLine(decoding.Scores ? ResultLines.Scores(score, logProbability, _isTerminal) : "");
        }

        _texts++;
    }

    public void Write(IEnumerable<(string Text, double Probability)> alternatives)
    {
        foreach ((string text, double probability) in alternatives)
        {
            output.WriteLine(ResultLines.Alternative(_texts, text, probability, _isTerminal));
        }

        _texts++;
    }
}
