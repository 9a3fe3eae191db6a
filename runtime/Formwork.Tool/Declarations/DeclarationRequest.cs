namespace Formwork.Tool.Declarations;

/// <summary>Which model is meant.</summary>
/// <param name="File">The file that declares it.</param>
/// <param name="Model">The declaration.</param>
/// <param name="AdditionalPaths">Files that the user hands to the generator.</param>
internal sealed record DeclarationRequest(DeclarationFile File, DeclaredModel Model, IReadOnlyList<string> AdditionalPaths)
{
    /// <summary>Every file that is read.</summary>
    public IEnumerable<string> Inputs => [File.Path, .. AdditionalPaths];

    /// <summary>The same model with another weight type.</summary>
    public DeclarationRequest With(WeightType weights)
    {
        DeclarationFile file = WeightsOverride.Apply(File, Model, weights);
        return this with { File = file, Model = file.Models.Single(model => model.FullName == Model.FullName) };
    }
}
