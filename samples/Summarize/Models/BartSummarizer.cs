using Formwork;

namespace Summarize.Models;

#pragma warning disable FW0301 // long sources: what does not fit the stack goes to the state

/// <summary>A BART of the sizes that its <c>config.json</c> says, and with the options of <c>generate</c> that it recommends.</summary>
[Transformer("bart/config.json", TargetLength = 512, MaxBeams = MostBeams)]
internal sealed partial class BartSummarizer
{
    /// <summary>The most beams that <c>--beams</c> may ask for.</summary>
    public const int MostBeams = 8;
}
