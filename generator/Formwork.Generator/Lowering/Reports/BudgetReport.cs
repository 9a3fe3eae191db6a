namespace Formwork.Generator.Lowering.Reports;

/// <summary>Bytes beside what the declaration allows itself; a null budget means any number.</summary>
internal sealed record BudgetReport(string Name, long Bytes, string BudgetName, long? Budget);
