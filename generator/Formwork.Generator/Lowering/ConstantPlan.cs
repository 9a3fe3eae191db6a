namespace Formwork.Generator.Lowering;

/// <summary>One constant of the generated type.</summary>
/// <param name="Type">C# keyword of its type.</param>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value as C#.</param>
/// <param name="Summary">What it is, with its unit.</param>
/// <param name="IsPublic">Whether callers see it.</param>
internal sealed record ConstantPlan(string Type, string Name, string Value, string Summary, bool IsPublic);
