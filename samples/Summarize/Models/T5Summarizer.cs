using Formwork;

namespace Summarize.Models;

#pragma warning disable FW0301 // long sources: what does not fit the stack goes to the state

/// <summary>A T5 of the sizes that its <c>config.json</c> says. Its positions are distances, so that lengths are the program's own choice.</summary>
[Transformer("t5/config.json", SourceLength = 512, TargetLength = 512, MaxBeams = BartSummarizer.MostBeams)]
internal sealed partial class T5Summarizer;
