using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Formwork.Generator.Tests.Harness;

/// <summary>What MSBuild hands to a generator beside source: <c>AdditionalFiles</c> and compiler-visible properties.</summary>
/// <param name="Files">The additional files.</param>
/// <param name="Properties">Properties by name, without <c>build_property.</c>.</param>
internal sealed record BuildInputs(ImmutableArray<InputFile> Files, ImmutableDictionary<string, string> Properties)
{
    /// <summary>Nothing beside source.</summary>
    public static BuildInputs None { get; } = new([], ImmutableDictionary<string, string>.Empty);

    /// <summary>The same with a property set.</summary>
    public BuildInputs WithProperty(string name, string value) => this with { Properties = Properties.SetItem(name, value) };

    /// <summary>The same with a file more.</summary>
    public BuildInputs WithFile(string path, string text, string? formworkModel = null) => this with { Files = Files.Add(new(path, text, formworkModel)) };

    /// <summary>As the compiler passes them on.</summary>
    public AnalyzerConfigOptionsProvider Options => new Provider(this);

    private sealed class Provider(BuildInputs inputs) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(inputs.Properties.ToDictionary(static pair => "build_property." + pair.Key, static pair => pair.Value));

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => new Values([]);

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => new Values(textFile is InputFile { FormworkModel: { } model }
            ? new() { ["build_metadata.AdditionalFiles.FormworkModel"] = model }
            : []);
    }

    private sealed class Values(Dictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
    }
}

/// <summary>An additional file in memory.</summary>
internal sealed class InputFile(string path, string text, string? formworkModel) : AdditionalText
{
    private readonly SourceText _text = SourceText.From(text);

    public override string Path => path;

    /// <summary>The item's metadata of that name.</summary>
    public string? FormworkModel => formworkModel;

    public override SourceText GetText(CancellationToken cancellationToken = default) => _text;
}
