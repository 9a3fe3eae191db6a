namespace Formwork.Generator.Lowering;

/// <summary>The names that generated members take. A class cannot have a member of its own name, so it may not be called like one.</summary>
internal static class MemberNames
{
    /// <summary>Members that every model has, beside those that the plan names.</summary>
    private static readonly string[] Fixed =
    [
        "Alternatives", "Contract", "CreateSearch", "CreateState", "DecodeStep", "Decoding", "Dispose", "Encode", "EncodeCore", "Generate", "Layout", "Load", "Manifest", "PrecomputeCore", "PrecomputeCrossCache", "Save", "Score", "SelfCache", "State", "StateDecoder", "StateTag", "StepCore", "Stream", "TokenStream", "_lifetime", "_state", "_weights", "_workers",
    ];

    /// <summary>Members that a model with a batch has beside these.</summary>
    private static readonly string[] BatchMembers = ["Batch", "BatchDecoder", "CreateBatch", "CreateSearches", "GenerateBatch", "_batch"];

    /// <summary>Members that a model which records cross-attention has beside these.</summary>
    private static readonly string[] RecordingMembers = ["RecordedHeads", "RecordedLayers"];

    /// <summary>Members that a model which C calls has beside these.</summary>
    private static readonly string[] ExportMembers = ["CFunctions", "CModel"];

    /// <summary>The issue to report where the declared class is called like one of its members, or null.</summary>
    public static PlanIssue? Collision(ExecutionPlan plan)
    {
        IEnumerable<string> names = Fixed
            .Concat(plan.Constants.Select(static constant => constant.Name))
            .Concat(plan.Weights.Regions.Select(static region => region.Name))
            .Concat(plan.Weights.Tensors.Where(static tensor => tensor.Relative is not null).Select(static tensor => tensor.Relative!.BucketsName))
            .Concat(plan.Batch is { } batch ? [.. BatchMembers, .. batch.Methods.Select(static method => method.Name)] : Array.Empty<string>())
            .Concat(plan.Spec.Options.Recording is null ? [] : RecordingMembers)
            .Concat(plan.Spec.Options.CExport is null ? [] : ExportMembers)
            .Concat(plan.Spec.Defaults is null ? [] : ["DefaultOptions"])
            .Concat(plan.Spec.Languages is null ? [] : ["Language"])
            .Concat(plan.Encoder.Concat(plan.Decoder).Select(static method => method.Name));
        return names.Contains(plan.Type.Name) ? new("FW0002", new([plan.Type.Name, "named like a member of every model", plan.Type.Name + "Model"])) : null;
    }
}
