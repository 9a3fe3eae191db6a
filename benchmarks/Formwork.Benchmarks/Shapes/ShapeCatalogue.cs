namespace Formwork.Benchmarks.Shapes;

/// <summary>Every shape and weight type of which a model is declared.</summary>
internal static class ShapeCatalogue
{
    /// <summary>Stands for everything that there is.</summary>
    public const string All = "all";

    /// <summary>The declared models, small ones first.</summary>
    public static IReadOnlyList<ShapeModel> Models { get; } = [.. ShapeA64.Models, .. ShapeA128.Models, .. ShapeB.Models, .. ShapeC.Models, .. ShapeD.Models];

    /// <summary>The shapes, small ones first.</summary>
    public static IReadOnlyList<Shape> Shapes { get; } = [.. Models.Select(static model => model.Shape).Distinct()];

    /// <summary>The weight types of which any model is declared.</summary>
    public static IReadOnlyList<string> Weights { get; } = [.. Models.Select(static model => model.Weights).Distinct()];

    /// <summary>The shapes of these names, in the order of the names.</summary>
    /// <exception cref="UserErrorException">There is no such shape.</exception>
    public static IReadOnlyList<Shape> FindShapes(IEnumerable<string> names) =>
        [.. names.SelectMany(static name => IsAll(name) ? Shapes : [FindShape(name)]).Distinct()];

    /// <summary>The models of these shapes in these weight types; where a shape or weight type is <see cref="All"/>, whatever is declared.</summary>
    /// <exception cref="UserErrorException">There is no such shape, no such weight type, or the one is not declared with the other.</exception>
    public static IReadOnlyList<ShapeModel> Find(IReadOnlyList<string> shapes, IReadOnlyList<string> weights) =>
        [.. FindShapes(shapes).SelectMany(shape => weights.SelectMany(name => Find(shape, name))).Distinct()];

    /// <summary>The model of a shape in a weight type, or none.</summary>
    public static ShapeModel? TryFind(Shape shape, string weights) =>
        Models.FirstOrDefault(model => model.Shape == shape && Same(model.Weights, weights));

    private static IEnumerable<ShapeModel> Find(Shape shape, string weights)
    {
        if (IsAll(weights))
        {
            return Models.Where(model => model.Shape == shape);
        }

        ShapeModel? found = TryFind(shape, weights);
        return found is not null ? [found] : throw new UserErrorException(
            $"--weights {weights}: shape {shape.Name} is declared with {string.Join(", ", Models.Where(model => model.Shape == shape).Select(static model => model.Weights))} only");
    }

    private static Shape FindShape(string name) =>
        Shapes.FirstOrDefault(shape => Same(shape.Name, name))
        ?? throw new UserErrorException($"--shape {name}: there is no such shape; there are {string.Join(", ", Shapes.Select(static shape => shape.Name))} and {All}");

    private static bool IsAll(string name) => Same(name, All);

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
