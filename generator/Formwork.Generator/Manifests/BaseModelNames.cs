using Formwork.Generator.Lowering;

namespace Formwork.Generator.Manifests;

/// <summary>
/// Names in a checkpoint of Hugging Face's base class (<c>BartModel</c>): those of the class with logits, which a declaration means, without <c>model.</c> in
/// front. Loading has the same rule.
/// </summary>
internal static class BaseModelNames
{
    private const string Prefix = "model.";

    /// <summary>Whether a checkpoint is of the base class: it has some of the model's tensors, and none with the prefix.</summary>
    public static bool AreUsedBy(Dictionary<string, ManifestTensor> file, WeightPlan weights) =>
        !file.Keys.Any(HasPrefix) && weights.Tensors.Any(tensor => tensor.Names.Any(name => HasPrefix(name) && file.ContainsKey(Of(name))));

    /// <summary>The base class' name of a tensor.</summary>
    public static string Of(string name) => HasPrefix(name) ? name.Substring(Prefix.Length) : name;

    private static bool HasPrefix(string name) => name.StartsWith(Prefix, StringComparison.Ordinal);
}
