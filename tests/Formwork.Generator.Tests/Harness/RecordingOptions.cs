using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Formwork.Generator.Tests.Harness;

/// <summary>A build's options that remember what was asked for, and answer everything or nothing.</summary>
internal sealed class RecordingOptions(string? answer) : AnalyzerConfigOptionsProvider
{
    /// <summary>The keys asked for so far.</summary>
    public HashSet<string> Asked { get; } = [];

    public override AnalyzerConfigOptions GlobalOptions => new Options(this);

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => new Options(this);

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => new Options(this);

    private string? Answer(string key)
    {
        lock (Asked)
        {
            Asked.Add(key);
        }

        return answer;
    }

    private sealed class Options(RecordingOptions provider) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => (value = provider.Answer(key)) is not null;
    }
}
