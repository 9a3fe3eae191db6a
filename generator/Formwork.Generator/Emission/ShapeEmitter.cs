using Formwork.Generator.Lowering;

namespace Formwork.Generator.Emission;

/// <summary>Prints the plan comment and the constants.</summary>
internal static class ShapeEmitter
{
    public static GeneratedFile Emit(ExecutionPlan plan) => GeneratedFile.Write(plan, "Shape", plan.Facts, writer =>
    {
        writer.Summary("The version of the calls into the runtime that this code was generated for: an error here means that generator and runtime packages differ in version.");
        writer.Line("private const int Contract = global::Formwork.GeneratorContract.GeneratorAndRuntimeMatchAtVersion5;");
        foreach (ConstantPlan constant in plan.Constants)
        {
            writer.Line();
            writer.Summary(constant.Summary);
            writer.Line($"{(constant.IsPublic ? "public" : "private")} const {constant.Type} {constant.Name} = {constant.Value};");
        }

        if (plan.Spec.Options.Recording is { } recording)
        {
            Numbers(writer, "RecordedLayers", recording.Layers, "The decoder layers whose cross-attention weights a state keeps, ascending.");
            Numbers(writer, "RecordedHeads", recording.Heads, "The heads of each of these layers whose weights a state keeps, ascending.");
        }
    });

    /// <summary>Prints a list as a property of constant data, which takes no memory.</summary>
    private static void Numbers(SourceWriter writer, string name, IEnumerable<int> numbers, string summary)
    {
        writer.Line();
        writer.Summary(summary);
        writer.Line($"public static global::System.ReadOnlySpan<int> {name} => [{string.Join(", ", numbers)}];");
    }
}
