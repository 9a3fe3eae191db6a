namespace Formwork.Weights;

/// <summary>
/// Names in a checkpoint of Hugging Face's base class (<c>BartModel</c>, which published <c>bart-base</c> and <c>bart-large</c> are): those of the class
/// with logits (<c>BartForConditionalGeneration</c>), which a declaration means, without <c>model.</c> in front.
/// </summary>
internal static class BaseModelNames
{
    private const string Prefix = "model.";

    /// <summary>Whether a checkpoint is of the base class: it has some of the model's tensors, and none with the prefix.</summary>
    public static bool AreUsedBy(ITensorSet file, WeightManifest manifest) =>
        !file.Tensors.Any(static tensor => tensor.Name.StartsWith(Prefix, StringComparison.Ordinal))
        && manifest.Slots.Any(slot => slot.Names.Any(name => HasPrefix(name) && file.TryGet(Of(name), out _)));

    /// <summary>The base class' name of a tensor.</summary>
    public static string Of(string name) => HasPrefix(name) ? name[Prefix.Length..] : name;

    private static bool HasPrefix(string name) => name.StartsWith(Prefix, StringComparison.Ordinal);
}
