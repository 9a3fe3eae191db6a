using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Formwork.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Formwork.Generator.Tests.Config;

/// <summary>The examples of <c>docs/configuration.md</c> compile with files such as they name.</summary>
public partial class ConfigurationDocumentTests
{
    [Fact]
    public void The_examples_compile()
    {
        string document = File.ReadAllText(Path.Combine(RepositoryFolder.Get("docs"), "configuration.md"));
        string[] blocks = [.. CSharpBlock().Matches(document).Select(static match => match.Groups[1].Value)];
        string[] declarations = [.. blocks.Where(static block => block.Contains("[Transformer(", StringComparison.Ordinal)).Select(static block => block.Replace("using Formwork;", string.Empty, StringComparison.Ordinal))];
        Assert.Equal((3, 5), (declarations.Length, blocks.Length));
        string body = string.Join('\n', blocks.Where(static block => !block.Contains("[Transformer(", StringComparison.Ordinal)));
        string source = $"using Formwork; using Formwork.Generation;\n{string.Concat(declarations)}\ninternal static class Usage {{ internal static void Run(int[] source) {{ {body} }} }}";

        JsonObject nllb = ConfigFiles.Of("m2m_100");
        nllb["pad_token_id"] = 1;
        BuildInputs inputs = ConfigFiles.Inputs(ConfigFiles.Of("marian").ToJsonString(), "/models/opus-mt-en-fr/config.json")
            .WithFile("/models/bart-large-cnn/config.json", ConfigFiles.Of("bart").ToJsonString())
            .WithFile("/models/bart-large-cnn/generation_config.json", """{"num_beams":4,"max_length":7}""")
            .WithFile("/models/nllb/config.json", nllb.ToJsonString())
            .WithFile("/models/nllb/added_tokens.json", """{"eng_Latn":15,"fra_Latn":16}""");
        GeneratorHarness.Run(GeneratorHarness.Compile(LanguageVersion.CSharp13, allowUnsafe: false, source), out Compilation output, out _, inputs);
        Assert.Empty(output.GetDiagnostics().Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
    }

    [GeneratedRegex(@"```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();
}
