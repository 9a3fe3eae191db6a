using System.Text.Json;
using Formwork.Generation;
using Formwork.Generator.Lowering;
using Formwork.Generator.Model;
using Formwork.Weights;

namespace Formwork.Generator.Tests.Families;

/// <summary>
/// Every row of the families' descriptions (the papers', and Hugging Face's classes) as a test: what is generated for a configuration says it, and where numbers depend on it, a
/// model that has it otherwise is found out by its logits. One file for each family, and one for weight files.
/// </summary>
public partial class FamilySheetTests
{
    private const string Bias = "final_logits_bias";
    private const string Shared = "model.shared.weight";
    private const string Head = "lm_head.weight";

    /// <summary>The first recorded case of a family, with fields of its configuration replaced.</summary>
    private static FamilyCase First(string family, string fields = "{}") => FamilyCase.Of(family)[0].With(fields);

    /// <summary>What is generated for the first recorded case of a family with other fields; nothing is compiled.</summary>
    private static ExecutionPlan Plan(string family, string fields = "{}", string options = "") => FamilyPlan.Of(First(family, fields).Config, options);

    private static TransformerSpec Spec(string family, string fields = "{}", string options = "") => Plan(family, fields, options).Spec;

    /// <summary>A model that has one choice of its family otherwise computes something else than PyTorch.</summary>
    private static void AssertSeen(string family, params string[] faults)
    {
        (FamilyCase Case, string Fault)[] all = [.. faults.Select((fault, index) => (First(family) with { Index = index }, fault))];
        using var models = new FamilyModels(all);
        Assert.All(all, item => Assert.True(FamilyComparison.Largest(models, item.Case) > FamilyComparison.Tolerance, $"{item.Fault} changed nothing that the comparison sees."));
    }

    private static DrawnTensor[] Replace(DrawnTensor[] tensors, string name, Func<DrawnTensor, DrawnTensor> change)
    {
        Assert.Contains(tensors, tensor => tensor.Name == name);
        return [.. tensors.Select(tensor => tensor.Name == name ? change(tensor) : tensor)];
    }

    /// <summary>The same tensor with some values changed in a copy.</summary>
    private static DrawnTensor Changed(DrawnTensor tensor, Action<float[]> change)
    {
        float[] values = [.. tensor.Values];
        change(values);
        return tensor with { Values = values };
    }

    private static DrawnTensor Added(DrawnTensor tensor, float value) => tensor with { Values = [.. tensor.Values.Select(old => old + value)] };

    private static WeightLoadException Refused(FamilyModels models, FamilyCase item, IEnumerable<DrawnTensor> tensors, WeightLoadError code)
    {
        WeightLoadException refused = Assert.Throws<WeightLoadException>(() => models.Logits(item, tensors));
        Assert.Equal(code, refused.Code);
        return refused;
    }

    /// <summary>The norms and projections of a generated layer in the order in which they run, by the names of their weights.</summary>
    private static string[] Order(MethodPlan layer, string prefix) => [.. layer.Blocks
        .SelectMany(static block => block.Operations)
        .Select(static operation => operation switch
        {
            LinearOperation linear => linear.Weight,
            LayerNormOperation norm => norm.Gamma,
            RmsNormOperation norm => norm.Gamma,
            _ => null,
        })
        .OfType<string>()
        .Select(name => name[prefix.Length..].Replace("Weight", string.Empty, StringComparison.Ordinal))];

    private static string[] DecoderOrder(string family) => Order(Plan(family).Stepping("DecodeLayer0"), "DecoderLayer0");

    /// <summary>The feed-forward's activation, and whether it has a gate.</summary>
    private static (string Activation, bool IsGated) Inner(TransformerSpec spec) => (spec.FeedForward.Activation.ToString(), spec.FeedForward.Gated);

    private static string[] Names(ExecutionPlan plan) => [.. plan.Weights.Tensors.SelectMany(static tensor => tensor.Names).Distinct().Order(StringComparer.Ordinal)];
}
