namespace Formwork.Generator.Model;

/// <summary>The declared class: where it lives and how its partial parts must be written. Names that are keywords carry their <c>@</c>.</summary>
/// <param name="Namespace">The namespace, or an empty string.</param>
/// <param name="Name">The class's own name.</param>
/// <param name="Containers">The declarations of the types around it, outermost first: <c>partial class Outer</c>.</param>
internal sealed record TypeSpec(string Namespace, string Name, EquatableArray<string> Containers)
{
    /// <summary>The name a reader would use: <c>Namespace.Outer.Name</c>.</summary>
    public string FullName
    {
        get
        {
            IEnumerable<string> containers = Containers.Select(static container => container.Substring(container.LastIndexOf(' ') + 1));
            IEnumerable<string> parts = containers.Concat([Name]);
            return string.Join(".", Namespace.Length == 0 ? parts : new[] { Namespace }.Concat(parts)).Replace("@", string.Empty);
        }
    }
}
