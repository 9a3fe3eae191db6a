using Formwork.Generator.Lowering;
using Formwork.Generator.Tests.Config;
using Formwork.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Formwork.Generator.Tests.Families;

/// <summary>What the generator decides for a configuration, without printing or compiling it.</summary>
internal static class FamilyPlan
{
    /// <summary>The plan of a declaration by a configuration.</summary>
    /// <param name="config">The <c>config.json</c>.</param>
    /// <param name="options">Options beside it.</param>
    public static ExecutionPlan Of(string config, string options = "")
    {
        ExecutionPlan? found = null;
        TransformerGenerator generator = new(PlanLowering.Lower, plan =>
        {
            found = plan;
            return [];
        });
        CSharpCompilation compilation = GeneratorHarness.Compile(ConfigFiles.Declare(options));
        GeneratorDriver driver = CSharpGeneratorDriver
            .Create([generator.AsSourceGenerator()], ConfigFiles.Inputs(config).Files, (CSharpParseOptions)compilation.SyntaxTrees[0].Options)
            .RunGenerators(compilation);
        Assert.DoesNotContain(driver.GetRunResult().Diagnostics, static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        return found!;
    }
}
