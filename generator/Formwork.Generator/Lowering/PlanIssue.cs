using Formwork.Generator.Model;

namespace Formwork.Generator.Lowering;

/// <summary>Something that only the finished memory plan can tell, such as scratch over the stack budget.</summary>
/// <param name="Id">The diagnostic's id.</param>
/// <param name="Arguments">What its message is filled with.</param>
internal sealed record PlanIssue(string Id, EquatableArray<string> Arguments);

/// <summary>A plan, or none where an issue forbids it, and the issues.</summary>
internal sealed record LoweringResult(ExecutionPlan? Plan, EquatableArray<PlanIssue> Issues);
