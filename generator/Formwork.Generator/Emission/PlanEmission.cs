using Formwork.Generator.Lowering;

namespace Formwork.Generator.Emission;

/// <summary>Prints a plan as C#. It decides nothing.</summary>
internal static class PlanEmission
{
    /// <summary>Prints every file of a model.</summary>
    public static IEnumerable<GeneratedFile> Emit(ExecutionPlan plan) =>
    [
        ModelEmitter.Emit(plan),
        ShapeEmitter.Emit(plan),
        WeightsEmitter.Emit(plan),
        StateEmitter.Emit(plan),
        EncoderEmitter.Emit(plan),
        DecoderEmitter.Emit(plan),
        .. DecodingEmitter.IsNeeded(plan) ? [DecodingEmitter.Emit(plan)] : Array.Empty<GeneratedFile>(),
        .. plan.Batch is { } batch ? [BatchEmitter.Emit(plan, batch)] : Array.Empty<GeneratedFile>(),
        .. PipelineEmitter.IsNeeded(plan) ? [PipelineEmitter.Emit(plan)] : Array.Empty<GeneratedFile>(),
        .. plan.Spec.Defaults is { } defaults ? [DefaultsEmitter.Emit(plan, defaults)] : Array.Empty<GeneratedFile>(),
        .. plan.Spec.Languages is { } languages ? [LanguagesEmitter.Emit(plan, languages)] : Array.Empty<GeneratedFile>(),
        .. plan.Spec.Options.CExport is { } prefix ? [CExportEmitter.Emit(plan, prefix), CHeaderEmitter.Emit(plan, prefix)] : Array.Empty<GeneratedFile>(),
    ];
}
